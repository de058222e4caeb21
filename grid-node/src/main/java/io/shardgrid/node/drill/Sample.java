package io.shardgrid.node.drill;

/**
 * One operation of the load. Immutable.
 *
 * @param scheduledNanos when it was due, whenever it was sent
 * @param endNanos when its outcome was known
 * @param isDone false if it ended in an error
 */
record Sample(long scheduledNanos, long endNanos, int shard, boolean isDone) {

  /** How long it took, counted from when it was due. */
  long latencyNanos() {
    return endNanos - scheduledNanos;
  }
}
