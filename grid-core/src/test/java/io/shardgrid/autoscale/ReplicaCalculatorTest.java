package io.shardgrid.autoscale;

import static io.shardgrid.autoscale.Samples.and;
import static io.shardgrid.autoscale.Samples.node;
import static io.shardgrid.autoscale.Samples.ready;
import static io.shardgrid.autoscale.Samples.without;
import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.autoscale.MetricProposal.Size;
import io.shardgrid.autoscale.MetricProposal.Unreadable;
import io.shardgrid.autoscale.NodeSample.State;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ReplicaCalculatorTest {

  private final ReplicaCalculator calculator = new ReplicaCalculator(Tolerance.DEFAULT);
  private final ReplicaCalculator exact = new ReplicaCalculator(Tolerance.of(BigDecimal.ZERO));

  @Test
  void roundsUtilizationDownToWholePercent() {
    assertThat(exact.resourceUtilization(3, 50, ready(509, 509, 509)))
        .isEqualTo(new Size(3, 50, 509));
    assertThat(exact.resourceUtilization(3, 50, ready(510, 510, 510)))
        .isEqualTo(new Size(4, 51, 510));
  }

  @Test
  void weighsNodesByTheirRequests() {
    List<NodeSample> nodes =
        List.of(
            new NodeSample(State.READY, 900L, 1_000L), new NodeSample(State.READY, 100L, 9_000L));
    assertThat(calculator.resourceUtilization(2, 50, nodes)).isEqualTo(new Size(1, 10, 500));
  }

  @Test
  void changesNothingWithinTheToleranceAndSomethingBeyond() {
    assertThat(calculator.resourceUtilization(10, 100, ready(1_100)))
        .isEqualTo(size(10, 110, 1_100));
    assertThat(calculator.resourceUtilization(1, 100, ready(1_110))).isEqualTo(size(2, 111, 1_110));
    assertThat(calculator.resourceUtilization(10, 100, ready(900))).isEqualTo(size(10, 90, 900));
    assertThat(calculator.resourceUtilization(10, 100, ready(890))).isEqualTo(size(1, 89, 890));
  }

  @Test
  void keepsAToleranceForEachDirection() {
    ReplicaCalculator lopsided =
        new ReplicaCalculator(new Tolerance(new BigDecimal("0.5"), BigDecimal.ZERO));
    assertThat(nodes(lopsided.nodesMetric(4, 100, ready(150, 150, 150, 150)))).isEqualTo(4);
    assertThat(nodes(lopsided.nodesMetric(4, 100, ready(151, 151, 151, 151)))).isEqualTo(7);
    assertThat(nodes(lopsided.nodesMetric(4, 100, ready(75, 75, 75, 75)))).isEqualTo(3);
  }

  @Test
  void countsNeitherFailedNorLeavingNodes() {
    List<NodeSample> nodes =
        and(ready(600, 600), node(State.FAILED, 9_000), node(State.LEAVING, 9_000));
    assertThat(calculator.resourceUtilization(2, 30, nodes)).isEqualTo(size(4, 60, 600));
    assertThat(calculator.nodesMetric(2, 300, nodes)).isEqualTo(size(4, 600, 600));
  }

  @Test
  void leavesNodesThatAreNotReadyOutWhenItShrinks() {
    List<NodeSample> nodes =
        and(ready(100, 300, 500), node(State.UNREADY, 250), node(State.INITIALIZING, 250));
    assertThat(calculator.resourceUtilization(5, 50, nodes)).isEqualTo(size(2, 30, 300));
  }

  @Test
  void putsNodesThatAreNotReadyBackAsIdleWhenItGrows() {
    List<NodeSample> nodes = and(ready(500, 700), node(State.UNREADY, 300));
    assertThat(calculator.resourceUtilization(3, 30, nodes)).isEqualTo(size(4, 60, 600));
  }

  @Test
  void asksNodesForTheirReadinessWithAResourceOnly() {
    List<NodeSample> nodes =
        List.of(
            node(State.UNREADY, 50_000), node(State.READY, 15_000), node(State.UNREADY, 30_000));
    assertThat(calculator.nodesMetric(3, 15_000, nodes)).isEqualTo(size(7, 31_666, 31_666));
  }

  @Test
  void ignoresPendingNodesWhateverTheMetric() {
    List<NodeSample> nodes = and(ready(100), node(State.PENDING, 9_000), without(State.PENDING));
    assertThat(calculator.resourceUtilization(3, 50, nodes)).isEqualTo(size(1, 10, 100));
    assertThat(calculator.nodesMetric(3, 500, nodes)).isEqualTo(size(1, 100, 100));
    // Growing, they count as idle: 4000 / 3 is 1333, so 3 * 2.67.
    assertThat(
            calculator.nodesMetric(
                3, 500, and(ready(4_000), without(State.PENDING), without(State.PENDING))))
        .isEqualTo(size(8, 4_000, 4_000));
  }

  @Test
  void asksForAReadingBeforeReadiness() {
    // An unready node without a reading is missing, so it is filled in when the size would shrink.
    List<NodeSample> missing = and(ready(400, 400), without(State.UNREADY));
    assertThat(nodes(calculator.resourceUtilization(3, 100, missing))).isEqualTo(2);
    List<NodeSample> ignored = and(ready(400, 400), node(State.UNREADY, 0));
    assertThat(nodes(calculator.resourceUtilization(3, 100, ignored))).isEqualTo(1);
  }

  @Test
  void takesMissingNodesForBusyWhenItShrinks() {
    assertThat(calculator.resourceUtilization(3, 100, and(ready(100, 100), without(State.READY))))
        .isEqualTo(size(2, 10, 100));
    // A resource is filled in with the request, another metric with the target.
    assertThat(
            nodes(
                calculator.resourceUtilization(3, 50, and(ready(100, 100), without(State.READY)))))
        .isEqualTo(3);
    assertThat(nodes(calculator.nodesMetric(3, 500, and(ready(100, 100), without(State.READY)))))
        .isEqualTo(2);
  }

  @Test
  void takesMissingNodesForIdleWhenItGrows() {
    List<NodeSample> nodes = and(ready(1_000, 1_000), without(State.READY));
    assertThat(calculator.resourceUtilization(3, 40, nodes)).isEqualTo(size(5, 100, 1_000));
    assertThat(calculator.nodesMetric(3, 400, nodes)).isEqualTo(size(5, 1_000, 1_000));
  }

  @Test
  void changesNothingIfWhatIsFilledInBringsItToTheOtherSide() {
    // 60 % of 100 %; with the missing node at its request 80 %: still below, ceil(0.8 * 2) is 2.
    assertThat(nodes(calculator.resourceUtilization(2, 100, and(ready(600), without(State.READY)))))
        .isEqualTo(2);
    // 190 %; with the missing node idle 95 %.
    assertThat(nodes(exact.resourceUtilization(2, 100, and(ready(1_900), without(State.READY)))))
        .isEqualTo(2);
    // 45 % of 50 %; with the missing node at its request above.
    assertThat(nodes(exact.resourceUtilization(3, 50, and(ready(450), without(State.READY)))))
        .isEqualTo(3);
  }

  @Test
  void fillsNothingInExactlyAtTheTarget() {
    assertThat(nodes(exact.resourceUtilization(2, 100, and(ready(1_000), without(State.READY)))))
        .isEqualTo(2);
    assertThat(nodes(exact.nodesMetric(3, 500, and(ready(500, 500), without(State.READY)))))
        .isEqualTo(3);
  }

  @Test
  void neverMovesAgainstTheSecondResult() {
    // More readings than nodes wanted: 10 % of 50 %, but ceil of the filled set is above the size.
    List<NodeSample> surge = and(ready(100, 100), without(State.READY));
    assertThat(nodes(calculator.resourceUtilization(2, 50, surge))).isEqualTo(2);
    // Fewer readings than nodes: above the target, but the nodes read alone need fewer.
    assertThat(nodes(calculator.nodesMetric(9, 100, and(ready(500), without(State.READY)))))
        .isEqualTo(9);
  }

  @Test
  void scalesWhatOneNumberShouldBeByNodesThatServe() {
    assertThat(calculator.value(3, 15_000, 20_000, 3)).isEqualTo(size(4, 20_000, 20_000));
    assertThat(calculator.value(3, 10_000, 50_000, 1)).isEqualTo(size(5, 50_000, 50_000));
    assertThat(calculator.value(3, 8_888, 8_600, 3)).isEqualTo(size(3, 8_600, 8_600));
    assertThat(calculator.value(3, 100, 500, 0)).isEqualTo(size(0, 500, 500));
  }

  @Test
  void startsFromNothingWithoutATolerance() {
    assertThat(calculator.value(0, 10_000, 10_500, 0)).isEqualTo(size(2, 10_500, 10_500));
    assertThat(nodes(calculator.value(0, 10_000, 0, 0))).isZero();
    assertThat(nodes(calculator.average(0, 10_000, 25_000))).isEqualTo(3);
    assertThat(nodes(calculator.average(0, 10_000, 0))).isZero();
  }

  @Test
  void sharesOneNumberOutAndReportsTheShareRoundedUp() {
    assertThat(calculator.average(3, 5_000, 20_000)).isEqualTo(size(4, 6_667, 6_667));
    assertThat(calculator.average(3, 2_900, 8_600)).isEqualTo(size(3, 2_867, 2_867));
    assertThat(calculator.average(5, 2_000, 6_000)).isEqualTo(size(3, 1_200, 1_200));
    assertThat(calculator.average(10, 1_000, 11_000)).isEqualTo(size(10, 1_100, 1_100));
    assertThat(calculator.average(10, 1_000, 11_001)).isEqualTo(size(12, 1_101, 1_101));
  }

  @Test
  void proposesNothingWithoutAReadingThatCounts() {
    assertUnreadable(calculator.resourceUtilization(4, 100, List.of()));
    assertUnreadable(calculator.resourceUtilization(1, 100, List.of(without(State.READY))));
    assertUnreadable(calculator.resourceUtilization(1, 100, List.of(node(State.UNREADY, 100))));
    assertUnreadable(calculator.nodesMetric(1, 100, List.of(node(State.PENDING, 100))));
    assertUnreadable(calculator.nodesMetric(1, 100, List.of(node(State.FAILED, 100))));
  }

  @Test
  void proposesNothingIfANodeHasNoRequest() {
    List<NodeSample> nodes = and(ready(100), new NodeSample(State.READY, 100L, null));
    assertUnreadable(calculator.resourceUtilization(2, 100, nodes));
    assertThat(nodes(calculator.nodesMetric(2, 100, nodes))).isEqualTo(2);
    List<NodeSample> gone = and(ready(100), new NodeSample(State.FAILED, 100L, null));
    assertThat(nodes(calculator.resourceUtilization(1, 10, gone))).isEqualTo(1);
  }

  @Test
  void proposesNothingFromWhatMakesNoSense() {
    assertUnreadable(calculator.nodesMetric(1, 0, ready(100)));
    assertUnreadable(calculator.nodesMetric(1, -5, ready(100)));
    assertUnreadable(calculator.nodesMetric(-1, 100, ready(100)));
    assertUnreadable(calculator.nodesMetric(1, 100, ready(-1)));
    assertUnreadable(calculator.value(1, 0, 100, 1));
    assertUnreadable(calculator.value(1, 100, -1, 1));
    assertUnreadable(calculator.average(1, 0, 100));
    assertUnreadable(
        calculator.resourceUtilization(1, 100, List.of(new NodeSample(State.READY, 1L, 0L))));
    assertUnreadable(
        calculator.resourceUtilization(1, 100, List.of(new NodeSample(State.READY, 1L, -1L))));
  }

  @Test
  void proposesNothingFromSumsBeyondSixtyFourBits() {
    assertUnreadable(calculator.nodesMetric(2, 100, ready(Long.MAX_VALUE, 1)));
    assertUnreadable(calculator.resourceUtilization(1, 100, ready(Long.MAX_VALUE / 50)));
  }

  @Test
  void stopsAtThirtyOneBits() {
    assertThat(nodes(calculator.nodesMetric(1, 1, ready(Long.MAX_VALUE))))
        .isEqualTo(Integer.MAX_VALUE);
    assertThat(nodes(calculator.average(1, 1, Long.MAX_VALUE))).isEqualTo(Integer.MAX_VALUE);
    assertThat(nodes(calculator.value(Integer.MAX_VALUE, 1, Long.MAX_VALUE, Integer.MAX_VALUE)))
        .isEqualTo(Integer.MAX_VALUE);
  }

  private static Size size(int nodes, long reported, long average) {
    return new Size(nodes, reported, average);
  }

  private static int nodes(MetricProposal proposal) {
    assertThat(proposal).isInstanceOf(Size.class);
    return ((Size) proposal).nodes();
  }

  private static void assertUnreadable(MetricProposal proposal) {
    assertThat(proposal).isInstanceOf(Unreadable.class);
    assertThat(((Unreadable) proposal).reason()).isNotBlank();
  }
}
