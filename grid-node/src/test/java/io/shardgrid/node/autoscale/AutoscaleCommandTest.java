package io.shardgrid.node.autoscale;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.typesafe.config.ConfigFactory;
import io.shardgrid.autoscale.AutoscaleMode;
import io.shardgrid.failure.GridUnavailableException;
import io.shardgrid.node.access.InProcessGrid;
import io.shardgrid.node.access.SampleDecisions;
import io.shardgrid.node.admin.AdminServer;
import io.shardgrid.node.admin.AdminSettings;
import io.shardgrid.node.cli.CommandException;
import io.shardgrid.node.cli.ExitCode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import picocli.CommandLine;

@Timeout(30)
final class AutoscaleCommandTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final InProcessGrid grid = new InProcessGrid(16);
  private final AdminServer server =
      AdminServer.bind("127.0.0.1", 0, AdminSettings.from(ConfigFactory.load().getConfig("grid")));

  @BeforeEach
  void start() {
    server.serve(grid);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /** Runs a command; one that fails with a known reason ends with its code, as in the program. */
  private int run(String... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    CommandLine commandLine =
        new CommandLine(new AutoscaleCommand())
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .setExecutionExceptionHandler(
                (failure, command, parsed) -> {
                  err.append(failure.getMessage());
                  return failure instanceof CommandException known
                      ? known.exitCode().number()
                      : ExitCode.INTERNAL.number();
                });
    return commandLine.execute(arguments);
  }

  private String http() {
    return "127.0.0.1:" + server.port();
  }

  private void answer(AutoscaleMode mode, boolean isInCharge) {
    grid.autoscale(
        CompletableFuture.completedStage(SampleDecisions.idle(grid.self(), mode, isInCharge)));
  }

  @Test
  void showsHowItIs() {
    assertThat(run("status", "--http", http())).isEqualTo(ExitCode.OK.number());
    assertThat(out.toString())
        .contains("Autoscaler on a: acts", "1 to 4 nodes", "7, coming for", "1 more is to come")
        .contains("There may not be more nodes: max=4", "Done: order=6");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void showsTheLastDecisionLast() {
    assertThat(run("log", "--node", http())).isEqualTo(ExitCode.OK.number());
    String log = out.toString();
    assertThat(log.indexOf("240 times: 3 nodes, all stay")).isNotNegative();
    assertThat(log.indexOf("1 more is to come")).isGreaterThan(log.indexOf("240 times"));
    assertThat(log).doesNotContain("node b");
    run("log", "--node", http(), "--decisions", "1", "--inputs");
    assertThat(out.toString()).doesNotContain("240 times").contains("node b", "jobs NaN");
  }

  @Test
  void printsTheAnswerAsItIs() throws Exception {
    assertThat(run("log", "--node", http(), "--json")).isEqualTo(ExitCode.OK.number());
    assertThat(new ObjectMapper().readTree(out.toString()).get("decisions")).hasSize(2);
    assertThat(run("status", "--node", http(), "--json")).isEqualTo(ExitCode.OK.number());
    assertThat(new ObjectMapper().readTree(out.toString()).get("decisions")).hasSize(1);
  }

  @Test
  void saysWhatItDoesBeforeItHasDecided() {
    answer(AutoscaleMode.OFF, false);
    assertThat(run("status", "--node", http())).isEqualTo(ExitCode.OK.number());
    assertThat(out.toString()).startsWith("Autoscaler: off, nothing is decided");
    run("log", "--node", http());
    assertThat(out.toString()).contains("off, nothing is decided", "Nothing has been decided yet");
    answer(AutoscaleMode.ADVISE, true);
    assertThat(run("status", "--node", http())).isEqualTo(ExitCode.OK.number());
    assertThat(out.toString()).contains("advises, nothing is started or ended", "nothing yet");
  }

  @Test
  void endsWithOneWhileNobodyIsInCharge() {
    answer(AutoscaleMode.ADVISE, false);
    assertThat(run("status", "--node", http())).isEqualTo(ExitCode.FAILED.number());
    assertThat(out.toString()).contains("taking over, it decides nothing yet");
    grid.autoscale(
        CompletableFuture.failedStage(
            new GridUnavailableException("The autoscaler does not answer, ask again in a moment")));
    assertThat(run("status", "--node", http())).isEqualTo(ExitCode.FAILED.number());
    assertThat(err.toString()).contains("status=503, reason=The autoscaler does not answer");
  }

  @Test
  void refusesNumbersThatMakeNoSense() {
    assertThat(run("log", "--decisions", "129")).isEqualTo(ExitCode.USAGE.number());
    assertThat(err.toString()).contains("--decisions: wanted is 1 to 128, found is 129");
  }
}
