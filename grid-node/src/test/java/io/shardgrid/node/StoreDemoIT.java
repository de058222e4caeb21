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

/** The demonstration of stores behind maps, as a newcomer runs it. */
final class StoreDemoIT {

  private static final Duration DEMO_MAX = Duration.ofMinutes(3);

  private final Path directory;

  StoreDemoIT(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void losesNoWriteAndLeavesNothingBehind() throws Exception {
    try (Program demo = start()) {
      Program.End end = demo.awaitEnd(DEMO_MAX);
      assertThat(String.join("\n", end.out()))
          .contains("2000 of 2000 writes")
          .doesNotContain("WARN", "ERROR", "Exception");
      assertThat(end.err()).isEmpty();
      assertThat(end.code()).isZero();
    }
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  @EnabledForJreRange(max = JRE.JAVA_21)
  void endsItsDatabaseWhenItIsAskedToEnd() throws Exception {
    try (Program demo = start()) {
      demo.awaitLine(line -> line.contains("A node runs"));
      List<ProcessHandle> started = demo.process().descendants().toList();
      assertThat(started).hasSize(2);
      demo.terminate();
      demo.awaitEnd(DEMO_MAX);
      assertThat(started).noneMatch(ProcessHandle::isAlive);
    }
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  @EnabledForJreRange(max = JRE.JAVA_21)
  void takesItsDatabaseAlongWhenItIsKilled() throws Exception {
    try (Program demo = start()) {
      demo.awaitLine(line -> line.contains("A database runs"));
      List<ProcessHandle> started = demo.process().descendants().toList();
      assertThat(started).isNotEmpty();
      demo.process().destroyForcibly();
      for (ProcessHandle one : started) {
        one.onExit().get(DEMO_MAX.toSeconds(), TimeUnit.SECONDS);
      }
    }
  }

  private Program start() throws Exception {
    return Program.start(List.of("-Djava.io.tmpdir=" + directory), "store", "demo");
  }
}
