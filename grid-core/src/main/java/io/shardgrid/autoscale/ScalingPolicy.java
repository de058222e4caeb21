package io.shardgrid.autoscale;

import io.shardgrid.key.StrictSettings;
import java.time.Duration;

/**
 * How much the size may change within a time. Immutable.
 *
 * @param value nodes, or percent of the nodes there were, 0 or more
 * @param period the time, 0 to 7 days
 */
public record ScalingPolicy(Unit unit, int value, Duration period) {

  private static final double PERCENT = 100;

  /** What a policy counts in. */
  public enum Unit {
    /** Nodes. */
    NODES,
    /** Percent of the nodes that there were when the period began. */
    PERCENT
  }

  public ScalingPolicy {
    StrictSettings.require(value >= 0, "grid.autoscale.policies", "0 or more", value);
    ScalingRules.requireTime("grid.autoscale.policies", period);
  }

  /** The most nodes that it lets there be. */
  long most(long start) {
    return unit == Unit.NODES
        ? start + value
        : (long) Math.ceil(start * (1 + value / PERCENT)); // up: one node must become two
  }

  /** The fewest nodes that it lets there be. */
  long fewest(long start) {
    return unit == Unit.NODES ? start - value : (long) (start * (1 - value / PERCENT));
  }
}
