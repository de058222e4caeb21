package io.shardgrid.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.client.GridClient;
import io.shardgrid.map.Codecs;
import io.shardgrid.node.cli.ClusterPage;
import io.shardgrid.node.cli.ExitCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/** A node that stands still for so long that the others go on without it. */
@EnabledForJreRange(max = JRE.JAVA_21) // long; on later ones other tests of processes do
final class ExpulsionIT {

  private static final int KEYS = 1_000;
  private static final Duration END_MAX = Duration.ofSeconds(60);

  @Test
  void endsTheNodeWithACodeOfItsOwnAndNothingIsLost() throws Exception {
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
      String http = nodes.addresses().get(0).http();
      long deadline = System.nanoTime() + END_MAX.toNanos();
      while (ClusterPage.fetch(http).members().size() > 2) {
        assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
        LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
      }
      signal("-CONT", paused);

      Program.End end = paused.awaitEnd(END_MAX);
      assertThat(end.code()).isEqualTo(ExitCode.EXPELLED.number());
      assertThat(end.err()).hasSize(1);
      assertThat(end.err().get(0)).startsWith("error: This node was expelled from the cluster");

      for (long key = 0; key < KEYS; key++) {
        assertThat(map.get(key).toCompletableFuture().join()).contains(key);
      }
    }
  }

  private static void signal(String signal, Program program) throws Exception {
    Process kill =
        new ProcessBuilder("kill", signal, Long.toString(program.process().pid())).start();
    assertThat(kill.waitFor(END_MAX.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(kill.exitValue()).isZero();
  }
}
