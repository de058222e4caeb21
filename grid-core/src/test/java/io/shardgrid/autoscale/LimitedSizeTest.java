package io.shardgrid.autoscale;

import static io.shardgrid.autoscale.Samples.NOW;
import static io.shardgrid.autoscale.Samples.changed;
import static io.shardgrid.autoscale.Samples.policy;
import static io.shardgrid.autoscale.Samples.rules;
import static io.shardgrid.autoscale.ScalingPolicy.Unit.NODES;
import static io.shardgrid.autoscale.ScalingPolicy.Unit.PERCENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shardgrid.autoscale.ScalingRules.Select;
import io.shardgrid.failure.GridConfigException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LimitedSizeTest {

  private static final ScalingPolicy TWO = policy(NODES, 2, 60);
  private static final ScalingPolicy HALF = policy(PERCENT, 50, 60);

  @Test
  void addsNodesOrPercentRoundedUp() {
    assertThat(up(5, rules(NODES, 2, 60))).isEqualTo(7);
    assertThat(up(5, rules(PERCENT, 50, 60))).isEqualTo(8);
    assertThat(up(1, rules(PERCENT, 1, 60))).isEqualTo(2);
  }

  @Test
  void removesNodesOrPercentOfWhatIsLeftRoundedDown() {
    assertThat(down(5, rules(NODES, 2, 60))).isEqualTo(3);
    assertThat(down(5, rules(PERCENT, 50, 60))).isEqualTo(2);
    assertThat(down(5, rules(PERCENT, 100, 60))).isZero();
    assertThat(down(1, rules(NODES, 5, 60))).isEqualTo(-4);
  }

  @Test
  void selectsTheLargestTheSmallestOrNoChange() {
    assertThat(up(1, rules(Select.MIN, TWO, HALF))).isEqualTo(2);
    assertThat(up(1, rules(Select.MAX, TWO, HALF))).isEqualTo(3);
    assertThat(up(1, rules(Select.DISABLED, TWO, HALF))).isEqualTo(1);
    assertThat(down(5, rules(Select.MIN, TWO, HALF))).isEqualTo(3);
    assertThat(down(5, rules(Select.MAX, TWO, HALF))).isEqualTo(2);
    assertThat(down(5, rules(Select.DISABLED, TWO, HALF))).isEqualTo(5);
  }

  @Test
  void allowsNoChangeWithoutAPolicy() {
    assertThat(up(5, rules(Select.MAX))).isEqualTo(5);
    assertThat(up(5, rules(Select.MIN))).isEqualTo(5);
    assertThat(down(5, rules(Select.MAX))).isEqualTo(5);
  }

  @Test
  void startsFromTheSizeBeforeThePeriod() {
    assertThat(up(10, rules(NODES, 3, 60), changed(2, 30))).isEqualTo(11);
    assertThat(up(10, rules(PERCENT, 100, 60), changed(2, 30))).isEqualTo(16);
    assertThat(down(10, rules(NODES, 3, 60), changed(-2, 30))).isEqualTo(9);
    assertThat(down(10, rules(PERCENT, 50, 60), changed(-2, 30))).isEqualTo(6);
  }

  @Test
  void countsRemovalsForGrowthToo() {
    // Without what was removed the limit were 10 - 4 + 5 = 11.
    assertThat(up(10, rules(NODES, 5, 60), changed(4, 30), changed(-3, 20))).isEqualTo(14);
    assertThat(up(10, rules(NODES, 5, 60), changed(-3, 20))).isEqualTo(18);
  }

  @Test
  void countsAdditionsForShrinkingToo() {
    // Without what was added the limit were 10 + 4 - 5 = 9.
    assertThat(down(10, rules(NODES, 5, 60), changed(-4, 30), changed(3, 20))).isEqualTo(6);
    assertThat(down(10, rules(NODES, 5, 60), changed(3, 20))).isEqualTo(2);
  }

  @Test
  void countsChangesYoungerThanThePeriodOnly() {
    assertThat(up(10, rules(NODES, 5, 60), changed(4, 60))).isEqualTo(15);
    assertThat(up(10, rules(NODES, 5, 60), changed(4, 59))).isEqualTo(11);
    assertThat(
            ScaleEvent.changeWithin(
                TWO.period(), List.of(changed(4, 60), changed(3, 59), changed(-1, 0)), NOW))
        .isEqualTo(2);
  }

  @Test
  void givesEachPolicyItsOwnPeriod() {
    ScalingRules rules = rules(Select.MIN, policy(NODES, 10, 60), policy(NODES, 12, 600));
    assertThat(up(20, rules, changed(5, 300))).isEqualTo(27);
    assertThat(up(20, rules, changed(1, 300))).isEqualTo(30);
  }

  @Test
  void neverPutsALimitOnTheWrongSideOfTheSize() {
    assertThat(up(10, rules(NODES, 1, 60), changed(9, 10))).isEqualTo(10);
    assertThat(down(10, rules(NODES, 1, 60), changed(-9, 10))).isEqualTo(10);
  }

  @Test
  void staysWithinThirtyOneBits() {
    int most = Integer.MAX_VALUE;
    assertThat(up(most, rules(PERCENT, most, 60))).isEqualTo(most);
    assertThat(up(most, rules(NODES, most, 60))).isEqualTo(most);
    assertThat(down(0, rules(PERCENT, most, 60), changed(-most, 1), changed(-most, 1)))
        .isNegative();
  }

  @Test
  void saysWhatBit() {
    assertThat(limited(5, 7, 3, 8)).isEqualTo(new LimitedSize(7, SizeLimit.NONE));
    assertThat(limited(10, 50, 1, 1_000)).isEqualTo(new LimitedSize(20, SizeLimit.RATE_UP));
    assertThat(limited(10, 50, 1, 20)).isEqualTo(new LimitedSize(20, SizeLimit.MAX));
    assertThat(limited(10, 50, 1, 15)).isEqualTo(new LimitedSize(15, SizeLimit.MAX));
    assertThat(limited(10, 2, 4, 20)).isEqualTo(new LimitedSize(4, SizeLimit.MIN));
    ScalingBehavior slow = new ScalingBehavior(ScalingRules.UP, rules(PERCENT, 20, 60));
    SizeRules rules = SizeRules.of(new Bounds(1, 100), slow);
    assertThat(LimitedSize.byRate(10, 2, rules, List.of(), NOW))
        .isEqualTo(new LimitedSize(8, SizeLimit.RATE_DOWN));
  }

  @Test
  void leavesASizeThatIsDesiredAsItIsAlone() {
    assertThat(limited(10, 10, 1, 5)).isEqualTo(new LimitedSize(10, SizeLimit.NONE));
  }

  @Test
  void capsByTheOlderRuleAtAMultipleOrFour() {
    Bounds bounds = new Bounds(2, 100);
    assertThat(LimitedSize.byFactor(1, 50, bounds, 2))
        .isEqualTo(new LimitedSize(4, SizeLimit.RATE_UP));
    assertThat(LimitedSize.byFactor(3, 50, bounds, 2))
        .isEqualTo(new LimitedSize(6, SizeLimit.RATE_UP));
    assertThat(LimitedSize.byFactor(3, 50, bounds, 8))
        .isEqualTo(new LimitedSize(24, SizeLimit.RATE_UP));
    assertThat(LimitedSize.byFactor(60, 500, bounds, 2))
        .isEqualTo(new LimitedSize(100, SizeLimit.MAX));
    assertThat(LimitedSize.byFactor(9, 0, bounds, 2)).isEqualTo(new LimitedSize(2, SizeLimit.MIN));
    assertThat(LimitedSize.byFactor(9, 12, bounds, 2))
        .isEqualTo(new LimitedSize(12, SizeLimit.NONE));
  }

  @Test
  void refusesPoliciesThatMakeNoSense() {
    assertThatThrownBy(() -> policy(NODES, -1, 60)).isInstanceOf(GridConfigException.class);
    assertThatThrownBy(() -> policy(NODES, 1, -1)).isInstanceOf(GridConfigException.class);
    assertThatThrownBy(() -> new Bounds(3, 2))
        .isInstanceOf(GridConfigException.class)
        .hasMessageContaining("autoscale.nodes-max");
  }

  private static LimitedSize limited(int current, int desired, int min, int max) {
    SizeRules rules = SizeRules.of(new Bounds(min, max), ScalingBehavior.DEFAULT);
    return LimitedSize.byRate(current, desired, rules, List.of(), NOW);
  }

  private static int up(int current, ScalingRules rules, ScaleEvent... events) {
    return RateLimit.up(current, rules, List.of(events), NOW);
  }

  private static int down(int current, ScalingRules rules, ScaleEvent... events) {
    return RateLimit.down(current, rules, List.of(events), NOW);
  }
}
