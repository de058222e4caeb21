package io.shardgrid.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;

/** The demonstration of a grid that sizes itself, on a short day. */
final class ElasticDemoIT {

  private static final Duration DEMO_MAX = Duration.ofMinutes(6);
  private static final Duration END_MAX = Duration.ofMinutes(1);

  private final Path directory;
  private final Path reports;

  ElasticDemoIT(@TempDir Path directory, @TempDir Path reports) {
    this.directory = directory;
    this.reports = reports;
  }

  @Test
  @EnabledForJreRange(max = JRE.JAVA_21) // on later ones the usual demonstration has to do
  void growsAndShrinksAndLosesNothing() throws Exception {
    List<String> options = List.of("-Djava.io.tmpdir=" + directory);
    try (Program demo =
        Program.start(
            options, "demo", "--elastic", "--duration", "30s", "--report", reports.toString())) {
      Program.End end = demo.awaitEnd(DEMO_MAX);

      assertThat(end.code()).as(String.join("\n", end.out())).isZero();
      assertThat(String.join("\n", end.out()))
          .contains("A grid that sizes itself: 3 -> 5 -> 3 nodes", "failed 0", "Everything held.")
          .contains("all nodes have ended", "-> 5 nodes: ", "-> 3 nodes: ")
          .doesNotContain("FAIL", "Exception", "\tat ", "\u001b[");
    }
    assertThat(directory).isEmptyDirectory();
    assertThat(ProcessHandle.allProcesses()).noneMatch(this::isOfTheDemo);
    assertThat(Files.readString(reports.resolve("elastic-report.txt"))).contains("100 %");
    var page =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(reports.resolve("elastic-report.html").toFile());
    assertThat(page.getElementsByTagName("svg").getLength()).isEqualTo(2);
  }

  /** Nodes that the grid has started are no children of the demonstration. */
  private boolean isOfTheDemo(ProcessHandle process) {
    return process
        .info()
        .arguments()
        .filter(
            arguments ->
                Arrays.stream(arguments)
                    .anyMatch(argument -> argument.contains(directory.toString())))
        .isPresent();
  }

  @Test
  void endsANodeWithTheProcessThatItIsToFollow() throws Exception {
    Process leader = new ProcessBuilder("sleep", "600").start();
    try (Program node = Program.startNode("--stop-with-process", Long.toString(leader.pid()))) {
      node.awaitUp();
      leader.destroyForcibly();
      assertThat(node.awaitEnd(END_MAX).code()).isZero();
    } finally {
      leader.destroyForcibly();
    }
  }
}
