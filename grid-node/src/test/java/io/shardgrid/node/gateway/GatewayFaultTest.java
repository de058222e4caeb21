package io.shardgrid.node.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.client.ClientSettings;
import io.shardgrid.client.mirror.MirrorCluster;
import io.shardgrid.client.mirror.MirrorReport;
import io.shardgrid.client.mirror.MirrorSettings;
import io.shardgrid.client.mirror.Mismatch;
import io.shardgrid.client.mirror.Verdict;
import io.shardgrid.node.access.InProcessGrid;
import io.shardgrid.route.Outcome;
import io.shardgrid.wire.Request;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A mirror over real replicas of two clusters in this process, one of them with a fault. */
final class GatewayFaultTest {

  private static final MirrorTrial.Load LOAD = new MirrorTrial.Load(12_000, 1_000_000);

  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final MirrorTrial trial =
      new MirrorTrial(
          cluster(new InProcessGrid(16)),
          cluster(new InProcessGrid(16)),
          ClientSettings.load().route(),
          MirrorSettings.load(),
          LOAD,
          timer);

  @AfterEach
  void stop() {
    timer.shutdownNow();
  }

  @ParameterizedTest
  @EnumSource(
      value = CanaryFault.class,
      names = {"WRONG_TTL", "LOST_WRITES"})
  void rollsBackACanaryThatAnswersWrongly(CanaryFault fault) throws Exception {
    MirrorReport report = trial.run("orders", 1, fault);

    assertThat(report.verdict().decision())
        .as("%s", report.verdict().reasons())
        .isEqualTo(Verdict.Decision.ROLL_BACK);
    Mismatch wanted = fault == CanaryFault.WRONG_TTL ? Mismatch.TTL : Mismatch.VALUE;
    assertThat(report.confirmed(wanted)).isPositive();
    assertThat(ReportText.of(report))
        .contains("ROLL_BACK", "production: value=", "canary:     value=");
  }

  /** Times within a process say nothing of a network's: only the answers are looked at. */
  @Test
  void findsNothingAtAHealthyCanary() throws Exception {
    MirrorReport report = trial.run("orders", 1, null);

    assertThat(report.compared()).isGreaterThan(9_000);
    assertThat(report.kinds().values())
        .as(() -> ReportText.of(report))
        .allMatch(kind -> kind.confirmed() == 0);
    assertThat(report.canaryErrors()).isZero();
    assertThat(report.selfTest().kinds().values()).allMatch(kind -> kind.missed() == 0);
  }

  private static MirrorCluster cluster(InProcessGrid grid) {
    return new MirrorCluster() {
      @Override
      public int shards() {
        return grid.router().shards();
      }

      @Override
      public void ask(String map, int shard, Request request, long timeoutNanos, Outcome outcome) {
        grid.router().submit(map, shard, request, timeoutNanos, outcome);
      }
    };
  }
}
