package io.shardgrid.autoscale;

import static io.shardgrid.autoscale.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.autoscale.AutoscaleReport.Made;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class DecisionLogTest {

  private final DecisionLog log = new DecisionLog();
  private final ScalePolicy policy = new ScalePolicy(TestCluster.settings(Duration.ZERO));

  /** Decides for so many nodes that use so much of their processors. */
  private void decide(int nodes, double percent, Instant now) {
    ClusterSample sample = TestCluster.of(nodes, percent, now).sample();
    log.add(policy.decide(sample, ScaleHistory.NONE, now), false);
  }

  @Test
  void countsDecisionsByWhatIsToBeDone() {
    decide(4, 75, NOW);
    decide(9, 5, NOW);
    decide(4, 50, NOW);
    decide(4, 50, NOW);
    assertThat(log.made()).isEqualTo(new Made(2, 1, 1));
    assertThat(log.made().all()).isEqualTo(4);
  }

  @Test
  void keepsOneOfThoseThatAreAlikeWithTheFiguresOfTheLast() {
    decide(4, 50, NOW);
    decide(4, 51, NOW.plusSeconds(15));
    assertThat(log.last(10)).hasSize(1);
    DecisionReport both = log.last(10).get(0);
    assertThat(both.times()).isEqualTo(2);
    assertThat(both.since()).isEqualTo(NOW);
    assertThat(both.at()).isEqualTo(NOW.plusSeconds(15));
    assertThat(both.metrics())
        .containsExactly(
            new DecisionReport.Metric("cpu", MetricSpec.Kind.UTILIZATION, 50, 51, 4, ""));
    assertThat(both.basis()).isEqualTo(SizeVerdict.Basis.METRICS);
    assertThat(both.inputs().get(0).readings())
        .containsExactly(new DecisionReport.Value("cpu", 51, 100, NOW.plusSeconds(15)));
  }

  @Test
  void tellsTheLatestFirst() {
    decide(4, 50, NOW);
    decide(5, 50, NOW);
    decide(6, 50, NOW);
    assertThat(log.last(2)).extracting(DecisionReport::nodes).containsExactly(6, 5);
    assertThat(log.last(0)).isEmpty();
  }

  @Test
  void keepsNoMoreThanIsAllowed() {
    for (int i = 0; i < 300; i++) {
      decide(2 + i % 2, 50, NOW);
    }
    assertThat(log.last(Integer.MAX_VALUE)).hasSize(128);
  }

  @Test
  void tellsFewerDecisionsOfManyNodes() {
    int nodes = AutoscaleReport.WEIGHT_MAX / 4;
    for (int i = 0; i < 5; i++) {
      decide(nodes + i, 50, NOW);
    }
    assertThat(log.last(128)).hasSize(1);
    decide(AutoscaleReport.WEIGHT_MAX / 10, 50, NOW);
    decide(AutoscaleReport.WEIGHT_MAX / 10 + 1, 50, NOW);
    assertThat(log.last(128)).hasSize(3);
  }
}
