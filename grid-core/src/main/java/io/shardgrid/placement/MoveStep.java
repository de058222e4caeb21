package io.shardgrid.placement;

import io.shardgrid.key.MigrationKind;
import io.shardgrid.key.MigrationState;
import io.shardgrid.key.NodeId;
import org.jspecify.annotations.Nullable;

/**
 * The move of one shard has begun, or gone on to another state. Immutable.
 *
 * @param seat the seat in which it began; with shard and target it names the move for all who take
 *     part
 * @param source the member that has the data; null if the copy is missing there, too
 * @param was the state before; the same as {@code state} if it has just begun
 * @param reason why it was given up; empty if it was not
 * @param bytesSent bytes of its copy that were sent so far
 */
public record MoveStep(
    int shard,
    long seat,
    MigrationKind kind,
    @Nullable NodeId source,
    NodeId target,
    MigrationState was,
    MigrationState state,
    String reason,
    long bytesSent) {

  /** Whether it has just begun. */
  public boolean isFirst() {
    return was == state;
  }
}
