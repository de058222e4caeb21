package io.shardgrid.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A drill in a short form, as an operator runs it. */
@EnabledForJreRange(max = JRE.JAVA_21) // long; on later ones other tests of processes do
final class DrillIT {

  private static final Duration DRILL_MAX = Duration.ofMinutes(4);

  private final Path directory;

  DrillIT(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void killsANodeJudgesEveryAnswerAndLeavesNothingBehind() throws Exception {
    List<String> options = List.of("-Djava.io.tmpdir=" + directory);
    try (Program drill =
        Program.start(options, "drill", "run", "1", "--rate", "300", "--calm", "1s")) {
      List<ProcessHandle> nodes = nodesOf(drill);
      Program.End end = drill.awaitEnd(DRILL_MAX);

      String screen = String.join("\n", end.out());
      assertThat(screen)
          .contains("before", "during", "after", "0 keys with a lost write", "Everything held.")
          .doesNotContain("FAIL");
      assertThat(end.code()).isZero();
      assertThat(nodes).hasSizeBetween(2, 3).noneMatch(ProcessHandle::isAlive);
    }
    assertThat(directory).isEmptyDirectory();
  }

  /**
   * A crash that the votes notice at once, a cut that they notice later, and damage on the wire.
   */
  @ParameterizedTest
  @ValueSource(strings = {"2", "5"})
  void holdsUnderFaultsOfEveryKind(String number) throws Exception {
    List<String> options = List.of("-Djava.io.tmpdir=" + directory);
    try (Program drill =
        Program.start(options, "drill", "run", number, "--rate", "300", "--calm", "1s")) {
      Program.End end = drill.awaitEnd(DRILL_MAX);
      assertThat(String.join("\n", end.out())).contains("Everything held.").doesNotContain("FAIL");
      assertThat(end.code()).isZero();
    }
  }

  /** The nodes as the fault happens, the one that is killed included or not. */
  private static List<ProcessHandle> nodesOf(Program drill) throws Exception {
    drill.awaitLine(line -> line.contains("kill -9 of node c"));
    return drill.process().descendants().toList();
  }
}
