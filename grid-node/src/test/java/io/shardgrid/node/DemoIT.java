package io.shardgrid.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;

/** The demonstration, as a newcomer runs it. */
final class DemoIT {

  private static final Duration DEMO_MAX = Duration.ofMinutes(3);

  private final Path directory;

  DemoIT(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  @EnabledForJreRange(min = JRE.JAVA_22) // the same with nodes that stay has to do before
  void loadsAsksChecksAndLeavesNothingBehind() throws Exception {
    try (Program demo = Program.start(temporaryFiles(), "demo")) {
      Program.End end = demo.awaitEnd(DEMO_MAX);
      assertHeld(end);
      assertThat(String.join("\n", end.out())).contains("Everything held.");
    }
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  @EnabledForJreRange(max = JRE.JAVA_21) // the run above has to do on later ones
  void staysUntilItIsAskedToEnd() throws Exception {
    try (Program demo = Program.start(temporaryFiles(), "demo", "--keep")) {
      demo.awaitLine(line -> line.contains("The nodes run until Ctrl-C"));
      List<ProcessHandle> nodes = demo.process().descendants().toList();
      assertThat(nodes).hasSize(3).allMatch(ProcessHandle::isAlive);
      demo.terminate();

      assertHeld(demo.awaitEnd(DEMO_MAX));
      assertThat(nodes).noneMatch(ProcessHandle::isAlive);
    }
    assertThat(directory).isEmptyDirectory();
  }

  private static void assertHeld(Program.End end) {
    assertThat(String.join("\n", end.out()))
        .contains(
            "135233 loaded and verified",
            "GeoNames",
            "Kyoto",
            "the nodes together hold 135233 entries")
        .doesNotContain("FAIL", "WARN", "ERROR", "Exception", "\tat ", "\u001b[");
    assertThat(end.err()).isEmpty();
    assertThat(end.code()).isZero();
  }

  @Test
  @EnabledForJreRange(max = JRE.JAVA_21) // the first run has to do on later ones
  void takesItsNodesAlongWhenItIsKilled() throws Exception {
    try (Program demo = Program.start(temporaryFiles(), "demo")) {
      demo.awaitLine(line -> line.contains("loading"));
      List<ProcessHandle> nodes = demo.process().descendants().toList();
      assertThat(nodes).hasSize(3);
      demo.process().destroyForcibly();

      for (ProcessHandle node : nodes) {
        node.onExit().get(DEMO_MAX.toSeconds(), TimeUnit.SECONDS);
      }
    }
  }

  private List<String> temporaryFiles() {
    return List.of("-Djava.io.tmpdir=" + directory);
  }
}
