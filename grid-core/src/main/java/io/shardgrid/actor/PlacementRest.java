package io.shardgrid.actor;

import io.shardgrid.key.Epoch;

/** Whether the placement has not changed for a while. Thread-safe. */
final class PlacementRest {

  private final long restNanos;
  private long epoch = Epoch.NONE;
  private long sinceNanos;
  private boolean isStarted;

  PlacementRest(long restNanos) {
    this.restNanos = restNanos;
  }

  /**
   * Takes a look.
   *
   * @param highest the highest epoch of any shard
   */
  synchronized boolean isAtRest(long highest, long nowNanos) {
    if (!isStarted || highest != epoch) {
      isStarted = true;
      epoch = highest;
      sinceNanos = nowNanos;
    }
    return nowNanos - sinceNanos >= restNanos;
  }
}
