package io.shardgrid.autoscale;

import io.shardgrid.autoscale.ScaleReason.Cause;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether the shards are at rest, as the authority over the placement says. Immutable.
 *
 * @param isMoving whether shards move, or are about to
 * @param moves how many moves are under way or wait
 * @param incomplete shards that lack copies
 */
public record Activity(boolean isMoving, int moves, int incomplete) {

  /** What of it holds a decision up. */
  List<ScaleReason> holds() {
    List<ScaleReason> holds = new ArrayList<>();
    if (isMoving) {
      holds.add(new ScaleReason(Cause.MIGRATING, "Shards are being moved: moves=" + moves));
    }
    if (incomplete > 0) {
      holds.add(new ScaleReason(Cause.REPAIRING, "Copies are missing: shards=" + incomplete));
    }
    return holds;
  }
}
