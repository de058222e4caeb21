package io.shardgrid.autoscale;

import java.time.Duration;

/**
 * How long to wait before something counts, or no longer does. Immutable.
 *
 * @param warmUp how long a node that has become a member counts as not ready, 0 to 7 days
 * @param readingAge how old a reading may be, 0 to 7 days
 * @param gap the longest time between two decisions that is not taken for a clock that jumped, 0 to
 *     7 days
 * @param standstill how long a cluster that was busy may do nothing at all before that is believed,
 *     0 to 7 days
 */
public record Patience(Duration warmUp, Duration readingAge, Duration gap, Duration standstill) {

  /** Two minutes for a node, two for a reading, five between decisions, ten for a standstill. */
  public static final Patience DEFAULT =
      new Patience(
          Duration.ofMinutes(2),
          Duration.ofMinutes(2),
          Duration.ofMinutes(5),
          Duration.ofMinutes(10));

  public Patience {
    ScalingRules.requireTime("grid.autoscale.warm-up", warmUp);
    ScalingRules.requireTime("grid.autoscale.reading-age", readingAge);
    ScalingRules.requireTime("grid.autoscale.gap", gap);
    ScalingRules.requireTime("grid.autoscale.standstill", standstill);
  }
}
