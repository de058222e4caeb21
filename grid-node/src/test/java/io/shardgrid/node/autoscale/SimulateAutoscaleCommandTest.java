package io.shardgrid.node.autoscale;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.node.cli.ExitCode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class SimulateAutoscaleCommandTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void printsDecisionsAndDrawsThem(@TempDir Path directory) {
    Path svg = directory.resolve("flapping.svg");
    assertThat(run("flapping", "--svg", svg.toString())).isEqualTo(ExitCode.OK.number());
    assertThat(out.toString()).contains("481 decisions: ", "0 reversals", "node-hours");
    assertThat(svg).content().startsWith("<svg").contains("1,000 operations a second a node");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void showsWhatTheWindowIsGoodFor() {
    assertThat(run("flapping", "--down-window", "off", "--tolerance", "0"))
        .isEqualTo(ExitCode.OK.number());
    assertThat(out.toString()).doesNotContain(" 0 reversals");
  }

  @Test
  void refusesOptionsThatMakeNoSense() {
    assertUsage("--target: wanted is 1 to 100, found is 0", "flapping", "--target", "0");
    assertUsage("--max: wanted is 5 to 1000, found is 3", "flapping", "--min", "5", "--max", "3");
    assertUsage("'--down-window': '5' is no time", "flapping", "--down-window", "5");
    assertUsage("--interval in seconds: wanted is 1 to 300", "flapping", "--interval", "6m");
    assertUsage("--interval in seconds: wanted is 1 to 300", "flapping", "--interval", "1ms");
    assertUsage("--copies: wanted is 1 to 8, found is 9", "flapping", "--copies", "9");
    assertUsage("'TRACE'");
  }

  private void assertUsage(String message, String... arguments) {
    err.getBuffer().setLength(0);
    assertThat(run(arguments)).isEqualTo(ExitCode.USAGE.number());
    assertThat(err.toString()).contains(message);
  }

  private int run(String... arguments) {
    return new CommandLine(new SimulateAutoscaleCommand())
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }
}
