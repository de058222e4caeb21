package io.shardgrid.autoscale;

import io.shardgrid.key.StrictSettings;

/**
 * Between which sizes the autoscaler stays. Immutable.
 *
 * @param min fewest nodes, 0 or more
 * @param max most nodes, not below {@code min}
 */
public record Bounds(int min, int max) {

  public Bounds {
    StrictSettings.require(min >= 0, "grid.autoscale.nodes-min", "0 or more", min);
    StrictSettings.require(max >= min, "grid.autoscale.nodes-max", "not below " + min, max);
  }

  /** The same bounds with a minimum raised to this one, as far as the maximum lets it. */
  Bounds atLeast(int nodes) {
    return new Bounds(Math.min(max, Math.max(min, nodes)), max);
  }
}
