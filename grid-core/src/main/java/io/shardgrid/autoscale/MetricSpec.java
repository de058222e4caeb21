package io.shardgrid.autoscale;

import io.shardgrid.key.StrictSettings;

/**
 * A metric that the size follows. Immutable.
 *
 * @param target above 0: percent for a utilisation, else thousandths of the metric's unit
 */
public record MetricSpec(String name, Kind kind, long target) {

  /** What the readings of a metric are, and what is made of them. */
  public enum Kind {
    /** What each node uses of what it is meant to use. */
    UTILIZATION,
    /** A number of each node, whose mean counts. */
    NODES_AVERAGE,
    /** One number that should have a value. */
    VALUE,
    /** One number that is shared out among the nodes. */
    SHARE;

    /** Whether each node has a reading of its own. */
    boolean isPerNode() {
      return this == UTILIZATION || this == NODES_AVERAGE;
    }
  }

  public MetricSpec {
    StrictSettings.require(
        target > 0, "grid.autoscale.metrics." + name + ".target", "above 0", target);
  }
}
