package io.shardgrid.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.client.GridClient;
import io.shardgrid.node.child.Redundancy;
import io.shardgrid.node.cli.ClusterPage;
import io.shardgrid.node.cli.ExitCode;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/** Nodes that come, go and crash while the grid is used: nobody notices. */
@EnabledForJreRange(max = JRE.JAVA_21) // long; on later ones other tests of processes do
final class ElasticIT {

  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final int STEPS_BETWEEN = 2_000;

  @Test
  void losesNothingAndFailsNothingWhileNodesComeGoAndCrash() throws Exception {
    try (ThreeNodes nodes = ThreeNodes.start();
        GridClient client = GridClient.connect(nodes.addresses().get(0).resp())) {
      String http = nodes.addresses().get(0).http();
      SteadyLoad load = new SteadyLoad(client);
      load.awaitSteps(STEPS_BETWEEN);

      String seed = nodes.addresses().get(0).cluster();
      try (Program fourth = Program.startNode("--name", "d", "--seeds", seed)) {
        fourth.awaitReady();
        awaitBalance(http, 4);
        load.awaitSteps(STEPS_BETWEEN);

        Program leaving = nodes.programs().get(2);
        leaving.terminate();
        assertThat(leaving.awaitEnd(PATIENCE).code()).isEqualTo(ExitCode.OK.number());
        awaitBalance(http, 3);
        load.awaitSteps(STEPS_BETWEEN);

        nodes.programs().get(1).process().destroyForcibly();
        awaitBalance(http, 2);
        load.awaitSteps(STEPS_BETWEEN);
        load.stop();
      }
    }
  }

  /** Waits until so many members share all shards and their backups evenly. */
  private static void awaitBalance(String http, int members) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    ClusterPage page = ClusterPage.fetch(http);
    while (!Redundancy.isBalanced(page, members, 1)) {
      assertThat(System.nanoTime()).as("in time: %s", page.table()).isLessThan(deadline);
      LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
      page = ClusterPage.fetch(http);
    }
  }
}
