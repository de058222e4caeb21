package io.shardgrid.node.provision;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.autoscale.ScaleOrder;
import org.junit.jupiter.api.Test;

final class ReplicaStepTest {

  private static final ScaleOrder GROWTH = Orders.growth(1, 3, 5);
  private static final ScaleOrder REMOVAL = Orders.removal(2, 3, "grid-2");

  @Test
  void doesNothingWhereItIsDone() {
    assertThat(step(GROWTH, 5)).isInstanceOf(ReplicaStep.Nothing.class);
    assertThat(step(REMOVAL, 2)).isInstanceOf(ReplicaStep.Nothing.class);
  }

  @Test
  void neverReducesForAGrowth() {
    assertThat(step(GROWTH, 6)).isInstanceOf(ReplicaStep.Nothing.class);
  }

  @Test
  void growsFromWhereTheOrderBeganOrFromInBetween() {
    assertThat(step(GROWTH, 3)).isEqualTo(new ReplicaStep.Change(5));
    assertThat(step(GROWTH, 4)).isEqualTo(new ReplicaStep.Change(5));
  }

  @Test
  void refusesANumberThatTheOrderDidNotBeginWith() {
    assertThat(step(GROWTH, 2))
        .isEqualTo(new ReplicaStep.Refuse("somebody else changed it: found=2, expected=3 to 5"));
    assertThat(step(REMOVAL, 4))
        .isEqualTo(new ReplicaStep.Refuse("somebody else changed it: found=4, expected=2 or 3"));
    assertThat(step(REMOVAL, 1)).isInstanceOf(ReplicaStep.Refuse.class);
    assertThat(step(REMOVAL, 0)).isInstanceOf(ReplicaStep.Refuse.class);
  }

  @Test
  void removesTheDrainedPodOnly() {
    assertThat(step(REMOVAL, 3)).isEqualTo(new ReplicaStep.Change(2));
    ReplicaStep other = ReplicaStep.of(Orders.removal(2, 3, "grid-1"), 3, "grid-2");
    assertThat(other).isInstanceOf(ReplicaStep.Refuse.class);
    assertThat(((ReplicaStep.Refuse) other).reason()).contains("drained=grid-1", "end=grid-2");
  }

  private static ReplicaStep step(ScaleOrder order, int replicas) {
    return ReplicaStep.of(order, replicas, "grid-2");
  }
}
