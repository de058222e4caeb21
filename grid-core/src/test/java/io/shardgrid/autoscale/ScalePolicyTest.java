package io.shardgrid.autoscale;

import static io.shardgrid.autoscale.Samples.NOW;
import static io.shardgrid.autoscale.TestCluster.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.autoscale.Actuator.Leaver;
import io.shardgrid.autoscale.ScaleAction.Add;
import io.shardgrid.autoscale.ScaleAction.Remove;
import io.shardgrid.autoscale.ScaleAction.Stay;
import io.shardgrid.autoscale.ScaleReason.Cause;
import io.shardgrid.key.MemberView.Standing;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ScalePolicyTest {

  private static final Duration WINDOW = Duration.ofMinutes(5);

  private final ScalePolicy policy = new ScalePolicy(TestCluster.settings(Duration.ZERO));

  @Test
  void startsAsManyNodesAsAreNeeded() {
    ScaleDecision decision = decide(TestCluster.of(4, 75, NOW));
    assertThat(decision.action()).isEqualTo(new Add(2));
    assertThat(decision.size().proposed()).isEqualTo(6);
    assertThat(decision.metrics())
        .containsExactly(
            new MetricVerdict("cpu", new MetricProposal.Size(6, 75, 75_000), java.util.List.of()));
    assertThat(decision.reasons()).isEmpty();
  }

  @Test
  void removesOneNodeAtATime() {
    ScaleDecision decision = decide(TestCluster.of(9, 5, NOW));
    assertThat(decision.size().nodes()).isLessThan(8);
    assertThat(decision.action()).isInstanceOf(Remove.class);
    assertThat(decision.isDueTo(Cause.ONE_AT_A_TIME)).isTrue();
  }

  @Test
  void removesTheNodeWhoseDrainMovesTheFewestBytes() {
    TestCluster cluster = TestCluster.of(6, 10, NOW);
    cluster.add(4, "zone1", Standing.UP, NOW.minusSeconds(3_600), 500, 400);
    ScaleDecision decision = decide(cluster);
    assertThat(decision.action()).isEqualTo(new Remove(id(4)));
    assertThat(decision.why()).contains("node=node-4, bytes=400, zone=zone1");
  }

  @Test
  void removesANodeOfTheZoneWithMostNodesThoughItHasMoreBytes() {
    TestCluster cluster = TestCluster.of(7, 10, NOW);
    cluster.add(4, "zone1", Standing.UP, NOW.minusSeconds(3_600), 500, 1);
    // Zone 0 has nodes 0, 3 and 6; the others have two.
    assertThat(decide(cluster).action()).isEqualTo(new Remove(id(0)));
  }

  @Test
  void keepsSoManyNodesThatAllDataFitsWithOneLost() {
    // 5 x 3200 bytes twice are 4 nodes filled to 8000, and one may be lost.
    TestCluster cluster = TestCluster.of(5, 10, NOW).bytes(3_200, 6_400, TestCluster.BYTES_MAX);
    ScaleDecision decision = decide(cluster);
    assertThat(decision.action()).isEqualTo(new Stay());
    assertThat(decision.isDueTo(Cause.FLOOR)).isTrue();
    assertThat(decision.why()).contains("floor=5");
    TestCluster more = TestCluster.of(6, 10, NOW).bytes(2_600, 5_200, TestCluster.BYTES_MAX);
    assertThat(decide(more).action()).isInstanceOf(Remove.class);
  }

  @Test
  void startsNodesForTheDataAlone() {
    TestCluster cluster = TestCluster.of(5, 50, NOW).bytes(6_400, 12_800, TestCluster.BYTES_MAX);
    ScaleDecision decision = decide(cluster);
    assertThat(decision.action()).isEqualTo(new Add(4));
    assertThat(decision.isDueTo(Cause.FLOOR)).isTrue();
  }

  @Test
  void saysWhenTheDataNeedsMoreNodesThanThereMayBe() {
    TestCluster cluster = TestCluster.of(20, 10, NOW).bytes(9_000, 9_000, TestCluster.BYTES_MAX);
    ScaleDecision decision = decide(cluster);
    assertThat(decision.action()).isEqualTo(new Stay());
    assertThat(decision.why()).contains("more nodes than there may be: floor=46, max=20");
  }

  @Test
  void keepsANodeMoreThanThereAreCopies() {
    assertThat(decide(TestCluster.of(4, 1, NOW)).action()).isInstanceOf(Remove.class);
    assertThat(decide(TestCluster.of(3, 1, NOW)).action()).isEqualTo(new Stay());
    assertThat(decide(TestCluster.of(3, 1, NOW)).isDueTo(Cause.FLOOR)).isTrue();
  }

  @Test
  void removesNothingIfNobodyKnowsWhatNodesMayHold() {
    ScaleDecision decision = decide(TestCluster.of(6, 10, NOW).bytes(100, 200, 0));
    assertThat(decision.action()).isEqualTo(new Stay());
    assertThat(decision.isDueTo(Cause.ROOM_UNKNOWN)).isTrue();
    assertThat(decide(TestCluster.of(6, 90, NOW).bytes(100, 200, 0)).action())
        .isInstanceOf(Add.class);
  }

  @Test
  void decidesNothingWhileShardsMoveOrCopiesAreMissing() {
    assertStays(TestCluster.of(4, 90, NOW).migrating(), Cause.MIGRATING);
    assertStays(TestCluster.of(9, 5, NOW).migrating(), Cause.MIGRATING);
    assertStays(TestCluster.of(4, 90, NOW).repairing(), Cause.REPAIRING);
    assertStays(TestCluster.of(9, 5, NOW).repairing(), Cause.REPAIRING);
  }

  @Test
  void decidesNothingWhileANodeIsMissingOrLeaves() {
    assertStays(TestCluster.of(4, 90, NOW).standing(1, Standing.UNREACHABLE), Cause.NODE_MISSING);
    assertStays(TestCluster.of(9, 5, NOW).standing(1, Standing.UNREACHABLE), Cause.NODE_MISSING);
    assertStays(TestCluster.of(4, 90, NOW).standing(1, Standing.LEAVING), Cause.NODE_LEAVING);
    assertStays(TestCluster.of(9, 5, NOW).standing(1, Standing.LEAVING), Cause.NODE_LEAVING);
  }

  @Test
  void removesTheLastOneWhereNodesLeaveInTheirOrder() {
    ScaleDecision decision = decide(TestCluster.of(11, 5, NOW).leaver(Leaver.HIGHEST_ORDINAL));
    assertThat(decision.action()).isEqualTo(new Remove(id(10)));
    assertThat(decision.why()).contains("The last one goes first: node=node-10");
  }

  @Test
  void removesNothingWhereNobodyCanEndNodes() {
    ScaleDecision decision = decide(TestCluster.of(9, 5, NOW).leaver(Leaver.NONE));
    assertThat(decision.action()).isEqualTo(new Stay());
    assertThat(decision.isDueTo(Cause.NONE_CAN_GO)).isTrue();
  }

  @Test
  void removesNothingWhileNodesDisagreeAboutTheirBytes() {
    long own = 100L << 20;
    TestCluster cluster = TestCluster.of(9, 5, NOW).bytes(own, 2 * own, 100 * own);
    assertThat(decide(cluster).action()).isInstanceOf(Remove.class);
    cluster.bytes(own, 2 * own - own / 4, 100 * own);
    ScaleDecision decision = decide(cluster);
    assertThat(decision.action()).isEqualTo(new Stay());
    assertThat(decision.isDueTo(Cause.BYTES_DISAGREE)).isTrue();
  }

  @Test
  void removesNothingOnTheWordOfOneThatIsIdleBesideBusyOnes() {
    ScaleDecision decision = decide(TestCluster.of(9, 40, NOW).read(3, 1, NOW));
    assertThat(decision.action()).isEqualTo(new Stay());
    assertThat(decision.why()).contains("far below the others'", "source=cpu of node-3");
    assertThat(decide(TestCluster.of(9, 10, NOW).read(3, 1, NOW)).action())
        .isInstanceOf(Remove.class);
  }

  @Test
  void doesNotBelieveTenTimesTheWhole() {
    ScaleDecision decision = decide(TestCluster.of(9, 5, NOW).read(3, 1_001, NOW));
    assertThat(decision.action()).isEqualTo(new Stay());
    assertThat(decision.why()).contains("makes no sense: source=cpu of node-3, found=1001");
  }

  @Test
  void decidesNothingWithoutNodes() {
    assertStays(new TestCluster(), Cause.NO_NODES);
  }

  @Test
  void countsANodeThatIsNewAsNotReady() {
    TestCluster cluster = TestCluster.of(4, 75, NOW);
    cluster.add(4, "zone1", Standing.UP, NOW.minusSeconds(60), 0, 0).read(4, 100, NOW);
    // 4 x 75 over 5 nodes is 60 %: one more than the five. Without warm-up it were 80 %, and eight.
    assertThat(decide(cluster).action()).isEqualTo(new Add(1));
    cluster.add(4, "zone1", Standing.UP, NOW.minusSeconds(121), 0, 0);
    assertThat(decide(cluster).action()).isEqualTo(new Add(3));
  }

  @Test
  void countsNodesThatJoinAsNodes() {
    TestCluster cluster = TestCluster.of(4, 75, NOW);
    for (int node = 4; node < 6; node++) {
      cluster.add(node, "zone1", Standing.JOINING, NOW, 0, 0);
    }
    // 4 x 75 over 6 nodes is what it should be.
    assertThat(decide(cluster).action()).isEqualTo(new Stay());
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, -1, Double.POSITIVE_INFINITY, Double.MAX_VALUE})
  void removesNothingOnReadingsThatMakeNoSense(double reading) {
    TestCluster cluster = TestCluster.of(9, 5, NOW).read(3, reading, NOW);
    ScaleDecision decision = decide(cluster);
    assertThat(decision.action()).isEqualTo(new Stay());
    assertThat(decision.isDueTo(Cause.DOUBTFUL_READING)).isTrue();
    assertThat(decision.why()).contains("makes no sense: source=cpu of node-3", "found=");
  }

  @Test
  void removesNothingWhileReadingsAreMissing() {
    ScaleDecision absent = decide(TestCluster.of(9, 5, NOW).forget(3));
    assertThat(absent.action()).isEqualTo(new Stay());
    assertThat(absent.why()).contains("A reading is missing: source=cpu of node-3");
    TestCluster old = TestCluster.of(9, 5, NOW).read(3, 5, NOW.minusSeconds(121));
    assertThat(decide(old).action()).isEqualTo(new Stay());
    assertThat(decide(old).why()).contains("too old", "age=PT2M1S");
    TestCluster fresh = TestCluster.of(9, 5, NOW).read(3, 5, NOW.minusSeconds(120));
    assertThat(decide(fresh).action()).isInstanceOf(Remove.class);
    TestCluster future = TestCluster.of(9, 5, NOW).read(3, 5, NOW.plusSeconds(121));
    assertThat(decide(future).action()).isEqualTo(new Stay());
    assertThat(decide(future).why()).contains("of the future");
  }

  @Test
  void growsThoughReadingsAreMissing() {
    assertThat(decide(TestCluster.of(9, 90, NOW).forget(3)).action()).isInstanceOf(Add.class);
  }

  @Test
  void removesNothingIfAMetricCannotBeRead() {
    MetricSpec queue = new MetricSpec("queue", MetricSpec.Kind.SHARE, 100_000);
    ScaleDecision decision =
        decide(TestCluster.of(9, 5, NOW).with(new MetricSample(queue, Map.of(), null)));
    assertThat(decision.action()).isEqualTo(new Stay());
    assertThat(decision.isDueTo(Cause.METRIC_UNREADABLE)).isTrue();
  }

  @Test
  void takesTheLargestOfSeveralMetrics() {
    MetricSpec queue = new MetricSpec("queue", MetricSpec.Kind.SHARE, 100_000);
    MetricSpec depth = new MetricSpec("depth", MetricSpec.Kind.VALUE, 1_000);
    TestCluster cluster =
        TestCluster.of(6, 50, NOW)
            .with(new MetricSample(queue, Map.of(), new Reading(850, 0, NOW)))
            .with(new MetricSample(depth, Map.of(), new Reading(0.5, 0, NOW)));
    assertThat(decide(cluster).action()).isEqualTo(new Add(3));
  }

  @Test
  void removesNothingAfterTheClockJumped() {
    ScaleDecision before = decide(TestCluster.of(9, 5, NOW));
    for (long jump : new long[] {-3_600, -1, 301, 86_400}) {
      var now = NOW.plusSeconds(jump);
      ScaleDecision decision =
          policy.decide(TestCluster.of(9, 5, now).sample(), before.history(), now);
      assertThat(decision.action()).isEqualTo(new Stay());
      assertThat(decision.isDueTo(Cause.CLOCK_JUMPED)).isTrue();
    }
  }

  @Test
  void waitsForAWholeWindowAfterTheClockJumped() {
    ScalePolicy waiting = new ScalePolicy(TestCluster.settings(WINDOW));
    ScaleHistory history =
        ScaleHistory.NONE.recommended(9, NOW.plusSeconds(7_200)).scaled(8, 9, NOW.plusSeconds(9));
    long stays = 0;
    for (long at = 0; at < 600; at += 15) {
      var now = NOW.plusSeconds(at);
      ScaleDecision decision = waiting.decide(TestCluster.of(9, 5, now).sample(), history, now);
      history = decision.history();
      if (decision.action() instanceof Stay) {
        stays++;
      }
    }
    assertThat(stays).isEqualTo(WINDOW.toSeconds() / 15);
  }

  @Test
  void waitsForAWholeWindowAtItsStart() {
    ScalePolicy waiting = new ScalePolicy(TestCluster.settings(WINDOW));
    ScaleDecision decision =
        waiting.decide(TestCluster.of(9, 5, NOW).sample(), ScaleHistory.NONE, NOW);
    assertThat(decision.action()).isEqualTo(new Stay());
    assertThat(decision.isDueTo(Cause.STABILIZED)).isTrue();
  }

  @Test
  void waitsForAWholeWindowAfterADoubt() {
    ScalePolicy waiting = new ScalePolicy(TestCluster.settings(WINDOW));
    ScaleHistory history = ScaleHistory.NONE;
    long last = 0;
    for (long at = 0; at <= 900; at += 15) {
      var now = NOW.plusSeconds(at);
      TestCluster cluster = TestCluster.of(9, 5, now);
      if (at == 450) {
        cluster.read(2, Double.NaN, now);
      }
      ScaleDecision decision = waiting.decide(cluster.sample(), history, now);
      history = decision.history();
      if (decision.action() instanceof Stay) {
        last = at;
      }
    }
    assertThat(last).isEqualTo(450 + WINDOW.toSeconds() - 15);
  }

  @Test
  void growsNoFasterThanItMay() {
    ScaleDecision decision = decide(TestCluster.of(3, 900, NOW));
    assertThat(decision.action()).isEqualTo(new Add(4));
    assertThat(decision.isDueTo(Cause.RATE)).isTrue();
  }

  @Test
  void removesOneNodeEvenIfThereAreMoreThanThereMayBe() {
    ScaleDecision decision = decide(TestCluster.of(25, 90, NOW));
    assertThat(decision.action()).isInstanceOf(Remove.class);
    assertThat(decision.isDueTo(Cause.BOUNDS)).isTrue();
  }

  @Test
  void handsAllItWasMadeFromOn() {
    ClusterSample sample = TestCluster.of(4, 75, NOW).sample();
    ScaleDecision decision = policy.decide(sample, ScaleHistory.NONE, NOW);
    assertThat(decision.inputs()).isEqualTo(sample);
    assertThat(decision.at()).isEqualTo(NOW);
    assertThat(decision.history().recommendations()).contains(new Recommendation(6, NOW));
  }

  private ScaleDecision decide(TestCluster cluster) {
    return policy.decide(cluster.sample(), ScaleHistory.NONE, NOW);
  }

  private void assertStays(TestCluster cluster, Cause cause) {
    ScaleDecision decision = decide(cluster);
    assertThat(decision.action()).isEqualTo(new Stay());
    assertThat(decision.isDueTo(cause)).isTrue();
  }
}
