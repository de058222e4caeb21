package io.shardgrid.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;

/** Benchmarks in a short form, as an operator runs them: that they measure, not what. */
final class BenchIT {

  private static final Duration BENCH_MAX = Duration.ofMinutes(6);

  private final Path directory;

  BenchIT(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void seesNoFailureWhileANodeJoins() throws Exception {
    String screen =
        screenOf(
            "scale-out",
            "--entries",
            "2000",
            "--rate",
            "300",
            "--calm",
            "1s",
            "--heap",
            "1g",
            "--each-second");
    assertThat(screen)
        .contains("2 to 3 nodes, 2,000 entries of 1.0 KiB", "before", "during", "+0 s", "after")
        .contains("that failed: 0", "pauses at 8");
  }

  @Test
  @EnabledForJreRange(max = JRE.JAVA_21) // on later ones the one above has to do
  void countsWhatABackupCosts() throws Exception {
    String screen =
        screenOf("backups", "--entries", "1000", "--warm", "1s", "--time", "1s", "--heap", "512m");
    assertThat(screen).containsPattern("0 backups .* 0\\.000 .* 0\\.000");
    assertThat(screen).containsPattern("1 backup .* 0\\.[0-9]+ ").contains("median");
  }

  private String screenOf(String... arguments) throws Exception {
    List<String> options = List.of("-Djava.io.tmpdir=" + directory);
    List<String> command = new ArrayList<>(List.of("bench"));
    command.addAll(List.of(arguments));
    try (Program bench = Program.start(options, command.toArray(String[]::new))) {
      Program.End end = bench.awaitEnd(BENCH_MAX);
      String screen = String.join("\n", end.out());
      assertThat(end.code()).as(screen).isZero();
      assertThat(bench.process().descendants()).isEmpty();
      assertThat(directory).isEmptyDirectory();
      return screen;
    }
  }
}
