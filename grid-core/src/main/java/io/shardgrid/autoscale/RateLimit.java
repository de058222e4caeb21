package io.shardgrid.autoscale;

import java.time.Instant;
import java.util.List;
import java.util.function.LongBinaryOperator;
import java.util.function.ToLongFunction;

/** How far the size may go now, after what has changed lately. Stateless. */
public final class RateLimit {
  /*
   * A policy allows a change from the size that there was when its period began, which is the
   * present one without what was added since and with what was removed since. Both count in both
   * directions: else a size that has just shrunk and grows again would be held down by its own
   * growth. (Releases before 1.26 count additions only for growth and removals only for shrinking.)
   *
   * Source: kubernetes/kubernetes, pkg/controller/podautoscaler/horizontal.go
   * (calculateScaleUpLimitWithScalingRules, calculateScaleDownLimitWithBehaviors,
   * getReplicasChangePerPeriod).
   */

  private RateLimit() {}

  /** The most nodes allowed; never fewer than there are. */
  public static int up(int current, ScalingRules rules, List<ScaleEvent> events, Instant now) {
    LongBinaryOperator select = rules.select() == ScalingRules.Select.MIN ? Math::min : Math::max;
    return (int)
        Math.max(
            current,
            Math.min(
                Integer.MAX_VALUE,
                limit(
                    current,
                    rules,
                    select,
                    policy -> policy.most(start(current, policy, events, now)))));
  }

  /** The fewest nodes allowed; never more than there are, and below 0 if all may go. */
  public static int down(int current, ScalingRules rules, List<ScaleEvent> events, Instant now) {
    LongBinaryOperator select = rules.select() == ScalingRules.Select.MIN ? Math::max : Math::min;
    return (int)
        Math.min(
            current,
            Math.max(
                Integer.MIN_VALUE,
                limit(
                    current,
                    rules,
                    select,
                    policy -> policy.fewest(start(current, policy, events, now)))));
  }

  private static long limit(
      int current,
      ScalingRules rules,
      LongBinaryOperator select,
      ToLongFunction<ScalingPolicy> allowed) {
    return rules.select() == ScalingRules.Select.DISABLED
        ? current
        : rules.policies().stream().mapToLong(allowed).reduce(select).orElse(current);
  }

  private static long start(
      int current, ScalingPolicy policy, List<ScaleEvent> events, Instant now) {
    return current - ScaleEvent.changeWithin(policy.period(), events, now);
  }
}
