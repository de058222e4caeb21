package io.shardgrid.shard;

import io.shardgrid.key.Epoch;
import io.shardgrid.key.PlacementEntry;

/**
 * What a placement makes of the data here: whether it is the shard's, may become so, is kept for
 * the case of a loss, or is dropped. Confined to its replica.
 */
final class HoldingRules {

  private final ReplicaState state;
  private final CopyTarget learner;
  private final int backups;

  HoldingRules(ReplicaState state, CopyTarget learner, int backups) {
    this.state = state;
    this.learner = learner;
    this.backups = backups;
  }

  /** A newer placement, while this replica does not act. */
  void placed(PlacementEntry entry) {
    boolean isNamed = state.isInSync();
    boolean isLearner = learner.seat() == entry.seat() && state.holding != Holding.STALE;
    if (isNamed) {
      if (state.holding == Holding.LEARNT) {
        // It was named because all that its copy contains is committed.
        state.commit = Math.max(state.commit, learner.copied());
        state.hold(Holding.WHOLE);
      } else if (state.holding != Holding.WHOLE
          && (state.isNew || entry.prevSeat() == Epoch.NONE)) {
        // In the set from the shard's beginning: nothing was committed without this replica. Or
        // the first seat after a loss: what is here is what there is.
        state.commit = Math.max(state.commit, state.store.sequence());
        state.hold(Holding.WHOLE);
      }
    } else if (isLearner) {
      // Its primary may know only that it is filled, not that it was named and is so no more.
      if (state.holding == Holding.WHOLE) {
        state.hold(Holding.LEARNT);
      }
    } else if (state.holding != Holding.NOTHING) {
      boolean isKept = state.holding == Holding.WHOLE || state.holding == Holding.STALE;
      if (isKept && entry.inSync().size() <= backups) {
        state.hold(Holding.STALE);
      } else {
        state.drop();
      }
    }
  }
}
