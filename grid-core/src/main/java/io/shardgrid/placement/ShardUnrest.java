package io.shardgrid.placement;

/**
 * What keeps the shards of a cluster from being at rest. Immutable.
 *
 * @param isToPlan whether members have come or gone since the last plan
 * @param moves moves under way or waiting, those that an operator has cancelled not counted
 * @param incomplete shards with fewer copies than there should and could be
 */
public record ShardUnrest(boolean isToPlan, int moves, int incomplete) {

  /** Whether shards move, or are about to. */
  public boolean isMoving() {
    return isToPlan || moves > 0;
  }
}
