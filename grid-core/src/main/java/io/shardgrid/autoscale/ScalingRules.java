package io.shardgrid.autoscale;

import io.shardgrid.key.StrictSettings;
import java.time.Duration;
import java.util.List;

/**
 * How fast the size may change in one direction. Immutable.
 *
 * @param select which of several policies counts
 * @param stabilization how far to look back for a recommendation that asked for less change, 0 to 7
 *     days
 * @param policies at most 100; without any the size may not change
 */
public record ScalingRules(Select select, Duration stabilization, List<ScalingPolicy> policies) {

  private static final Duration TIME_MAX = Duration.ofDays(7);
  private static final int POLICIES_MAX = 100;
  private static final Duration PERIOD = Duration.ofSeconds(15);
  private static final ScalingPolicy DOUBLE =
      new ScalingPolicy(ScalingPolicy.Unit.PERCENT, 100, PERIOD);

  /** Four nodes, or twice as many, in 15 s, whichever is more; nothing is waited for. */
  public static final ScalingRules UP =
      new ScalingRules(
          Select.MAX,
          Duration.ZERO,
          List.of(new ScalingPolicy(ScalingPolicy.Unit.NODES, 4, PERIOD), DOUBLE));

  /** As fast as it is wanted, once it has been wanted for 5 minutes. */
  public static final ScalingRules DOWN =
      new ScalingRules(Select.MAX, Duration.ofMinutes(5), List.of(DOUBLE));

  /** Which of several policies counts. */
  public enum Select {
    /** The one that allows the largest change. */
    MAX,
    /** The one that allows the smallest change. */
    MIN,
    /** None: the size may not change in this direction. */
    DISABLED
  }

  public ScalingRules {
    policies = List.copyOf(policies);
    requireTime("grid.autoscale.stabilization", stabilization);
    StrictSettings.require(
        policies.size() <= POLICIES_MAX,
        "grid.autoscale.policies",
        "at most " + POLICIES_MAX,
        policies.size());
  }

  static void requireTime(String key, Duration time) {
    StrictSettings.require(
        !time.isNegative() && time.compareTo(TIME_MAX) <= 0, key, "0 to 7 days", time);
  }
}
