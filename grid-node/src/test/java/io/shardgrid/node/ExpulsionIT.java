package io.shardgrid.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.client.GridClient;
import io.shardgrid.failure.ShardLostException;
import io.shardgrid.map.Codecs;
import io.shardgrid.node.cli.ExitCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A node that stands still for so long that the others go on without it. */
final class ExpulsionIT {

  private static final int KEYS = 1_000;
  private static final Duration END_MAX = Duration.ofSeconds(60);

  @Test
  void endsTheNodeWithACodeOfItsOwnAndItsShardsSaySo() throws Exception {
    try (ThreeNodes nodes = ThreeNodes.start();
        GridClient client = GridClient.connect(nodes.addresses().get(0).resp())) {
      var map = client.map("m", Codecs.decimal(), Codecs.decimal());
      List<CompletableFuture<Void>> puts = new ArrayList<>();
      for (long key = 0; key < KEYS; key++) {
        puts.add(map.put(key, key).toCompletableFuture());
      }
      puts.forEach(CompletableFuture::join);

      Program paused = nodes.programs().get(2);
      signal("-STOP", paused);
      nodes.programs().get(0).awaitLine(line -> line.contains("copies of shards are gone"));
      signal("-CONT", paused);

      Program.End end = paused.awaitEnd(END_MAX);
      assertThat(end.code()).isEqualTo(ExitCode.EXPELLED.number());
      assertThat(end.err()).hasSize(1);
      assertThat(end.err().get(0)).startsWith("error: This node was expelled from the cluster");

      List<Throwable> failures = new ArrayList<>();
      for (long key = 0; key < KEYS; key++) {
        map.get(key).toCompletableFuture().handle((v, e) -> e == null || failures.add(e)).join();
      }
      assertThat(failures).hasSizeBetween(KEYS / 5, KEYS / 2);
      assertThat(failures).allMatch(ShardLostException.class::isInstance);
    }
  }

  private static void signal(String signal, Program program) throws Exception {
    Process kill =
        new ProcessBuilder("kill", signal, Long.toString(program.process().pid())).start();
    assertThat(kill.waitFor(END_MAX.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(kill.exitValue()).isZero();
  }
}
