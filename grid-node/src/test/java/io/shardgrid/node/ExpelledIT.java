package io.shardgrid.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.node.cli.ExitCode;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A node that is paused for so long that the others go on without it. */
final class ExpelledIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Test
  void endsWithItsOwnCodeWhenItWakesUp() throws Exception {
    try (ThreeNodes nodes = ThreeNodes.start()) {
      Program paused = nodes.programs().get(2);
      signal(paused, "STOP");
      // The founder says so when the resolver has removed the paused node.
      nodes.programs().get(0).awaitLine(line -> line.contains("copies of shards are gone"));
      signal(paused, "CONT");
      assertThat(paused.awaitEnd(PATIENCE).code()).isEqualTo(ExitCode.EXPELLED.number());
      assertThat(nodes.programs().get(0).process().isAlive()).isTrue();
      assertThat(nodes.programs().get(1).process().isAlive()).isTrue();
    }
  }

  private static void signal(Program program, String signal) throws Exception {
    new ProcessBuilder("kill", "-" + signal, Long.toString(program.process().pid()))
        .inheritIO()
        .start()
        .waitFor();
  }
}
