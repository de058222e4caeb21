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
  void loadsAsksChecksAndLeavesNothingBehind() throws Exception {
    try (Program demo = Program.start(temporaryFiles(), "demo")) {
      Program.End end = demo.awaitEnd(DEMO_MAX);

      String screen = String.join("\n", end.out());
      assertThat(screen)
          .contains("135233 loaded and verified", "GeoNames", "Kyoto", "Everything held.")
          .doesNotContain("FAIL", "WARN", "ERROR", "Exception", "\tat ", "\u001b[");
      assertThat(end.err()).isEmpty();
      assertThat(end.code()).isZero();
    }
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  @EnabledForJreRange(max = JRE.JAVA_21) // on later ones the whole run above has to do
  void staysUntilItIsAskedToEnd() throws Exception {
    try (Program demo = Program.start(temporaryFiles(), "demo", "--keep")) {
      demo.awaitLine(line -> line.contains("The nodes run until Ctrl-C"));
      List<ProcessHandle> nodes = demo.process().descendants().toList();
      assertThat(nodes).hasSize(3).allMatch(ProcessHandle::isAlive);
      demo.terminate();

      assertThat(demo.awaitEnd(DEMO_MAX).code()).isZero();
      assertThat(nodes).noneMatch(ProcessHandle::isAlive);
    }
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  @EnabledForJreRange(max = JRE.JAVA_21) // on later ones the whole run above has to do
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
