package io.shardgrid.placement;

import io.shardgrid.key.Epoch;

/**
 * An operator's last word on whether moves are paused. Every member remembers it, so that it
 * outlives the authority that took it. Immutable.
 *
 * @param stamp a later word has a higher one; below it stands the authority's term
 */
public record PauseMark(long stamp, boolean isPaused) {

  /** Nothing was ever said. */
  public static final PauseMark NONE = new PauseMark(Epoch.NONE, false);

  /** Whether this was said after the other. */
  public boolean isNewerThan(PauseMark other) {
    return stamp > other.stamp;
  }
}
