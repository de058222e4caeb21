package io.shardgrid.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;

/** Benchmarks in a short form, as an operator runs them: that they measure, not what. */
@EnabledForJreRange(max = JRE.JAVA_21) // long; on later ones other tests of processes do
final class BenchIT {

  private static final Duration BENCH_MAX = Duration.ofMinutes(6);

  private final Path directory;
  private final Path csv;
  private final Path svg;

  BenchIT(@TempDir Path directory, @TempDir Path results) {
    this.directory = directory;
    this.csv = results.resolve("figures.csv");
    this.svg = results.resolve("latency.svg");
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
            "--each-second",
            "--csv",
            csv.toString(),
            "--svg",
            svg.toString());
    assertThat(screen)
        .contains("2 to 3 nodes, 2,000 entries of 1.0 KiB", "before", "during", "+0 s", "after")
        .contains("that failed: 0", "pauses at 8");
    assertThat(Files.readString(csv)).contains(",before,", ",during,0,", ",after,");
    assertThat(Files.readString(svg)).contains(">p99</text>", "latency in milliseconds");
  }

  @Test
  void countsWhatABackupCosts() throws Exception {
    String screen =
        screenOf("backups", "--entries", "1000", "--warm", "1s", "--time", "1s", "--heap", "512m");
    assertThat(screen).containsPattern("0 backups .* 0\\.000 .* 0\\.000");
    assertThat(screen).containsPattern("1 backup .* 0\\.[0-9]+ ").contains("median");
  }

  @Test
  void measuresAnEmbeddedGrid() throws Exception {
    assertThat(screenOfLoad("embedded", "--threads", "1", "--rounds", "2", "--maps", "2"))
        .contains("embedded: 1 node, 0 backups, 256 shards, 2 maps, 2,000 entries of 100 B")
        .contains("1 caller that waits", "medians of 2 rounds");
    assertThat(phases()).containsExactly("closed loop", "20 %", "closed loop", "20 %");
    assertChart("bench embedded: latency");
  }

  @Test
  void measuresAClusterFromWithin() throws Exception {
    assertThat(screenOfLoad("cluster", "--heap", "512m"))
        .contains("cluster: 2 nodes, 1 backup, 256 shards, 1 map");
    assertThat(phases()).containsExactly("closed loop", "20 %");
    assertThat(Files.readString(csv)).doesNotContain(",0.000\n");
    assertChart("bench cluster: latency");
  }

  @Test
  void measuresANodeOverTheNetwork() throws Exception {
    assertThat(screenOfLoad("wire", "--heap", "512m", "--in-flight", "16", "--rate", "200"))
        .contains("wire: 1 node", "16 operations in flight", "open loop");
    assertThat(phases()).containsExactly("open loop");
    assertChart("bench wire: latency");
  }

  @Test
  void comparesCasesOfAGrid() throws Exception {
    String screen =
        screenOf(
            "scaling",
            "--case",
            "2",
            "--entries",
            "1000",
            "--warm",
            "200ms",
            "--time",
            "200ms",
            "--heap",
            "512m",
            "--csv",
            csv.toString());
    assertThat(screen).containsPattern("256 sh, 1 map, 100 B .* 1\\.00").contains("16 shards");
    assertThat(phases()).hasSize(8).startsWith("closed loop", "10 %", "50 %", "90 %");
  }

  private String screenOfLoad(String... arguments) throws Exception {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--entries", "2000", "--warm", "1s", "--time", "1s", "--load", "20"));
    all.addAll(List.of("--csv", csv.toString(), "--svg", svg.toString()));
    String screen = screenOf(all.toArray(String[]::new));
    assertThat(screen).contains("ops/s", "p99.9", "CPU us/op", "B/op new");
    return screen;
  }

  private List<String> phases() throws IOException {
    List<String> lines = Files.readAllLines(csv);
    int phase = List.of(lines.get(0).split(",")).indexOf("phase");
    return lines.stream().skip(1).map(line -> line.split(",", -1)[phase]).toList();
  }

  private void assertChart(String title) throws Exception {
    var document = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(svg.toFile());
    assertThat(document.getElementsByTagName("title").item(0).getTextContent()).startsWith(title);
    assertThat(document.getElementsByTagName("polyline").getLength()).isEqualTo(1);
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
