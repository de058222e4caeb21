package io.shardgrid.shard;

import io.shardgrid.failure.FailureCode;
import io.shardgrid.key.Epoch;
import io.shardgrid.key.PlacementEntry;
import io.shardgrid.wire.Answer;
import io.shardgrid.wire.AnswerSink;
import io.shardgrid.wire.Operation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether an operation is carried out here and now, waits, or is refused; and keeps each
 * client's operations in their order whatever is refused. Confined to its replica.
 */
final class Admission {

  private static final String NO_PLACEMENT = "the node does not know yet where the shard is";
  private static final String HOLD_FULL = "as many operations wait for the shard's seat as may";
  private static final String OUT_OF_TURN = "an earlier operation of the client was refused";

  private final HoldBuffer held;
  private final RefusalOrder refusals;
  private long dropped;
  private long refused;

  Admission(ReplicaSettings bounds) {
    this.held = new HoldBuffer(bounds.heldOperationsMax(), bounds.heldBytesMax());
    this.refusals = new RefusalOrder(bounds.clientsMax());
  }

  /**
   * Whether the operation is to be carried out now; if not, it waits here or has been answered.
   *
   * @param standing how this replica stands to its shard now
   */
  boolean admits(
      Operation operation,
      AnswerSink from,
      Standing standing,
      long nowNanos,
      ReplicaEffects effects) {
    PlacementEntry placement = standing.placement();
    boolean isActing = standing.seat() != Epoch.NONE;
    if (placement == null) {
      refuse(operation, from, NO_PLACEMENT, effects);
    } else if (operation.minEpoch() > placement.epoch()) {
      hold(operation, from, nowNanos, effects);
    } else if (placement.isLost()) {
      effects.answer(operation, from, lost(operation, placement));
    } else if (!isActing && standing.isNamed()) {
      hold(operation, from, nowNanos, effects);
    } else if (!isActing || operation.minEpoch() < standing.seat()) {
      // Elsewhere; or sent by a placement from before this seat. The router of such a one may have
      // been refused earlier operations by another node and be about to send them here: carried
      // out now, this one would overtake them. It comes again, in its place, with all of them.
      effects.answer(operation, from, new Answer.Moved(placement));
    } else if (refusals.bars(operation, nowNanos)) {
      refuse(operation, from, OUT_OF_TURN, effects);
    } else {
      return true;
    }
    return false;
  }

  /**
   * How a replica stands to its shard.
   *
   * @param placement the newest one known
   * @param seat the seat in which it acts, {@link Epoch#NONE} if in none
   * @param isNamed whether it is to act next
   */
  record Standing(@Nullable PlacementEntry placement, long seat, boolean isNamed) {}

  private void hold(Operation operation, AnswerSink from, long nowNanos, ReplicaEffects effects) {
    if (refusals.bars(operation, nowNanos)) {
      refuse(operation, from, OUT_OF_TURN, effects);
    } else if (!held.offer(operation, from)) {
      refuse(operation, from, HOLD_FULL, effects);
    }
  }

  /** Refuses an operation until later, and what its client has sent behind it. */
  void refuse(Operation operation, AnswerSink from, String reason, ReplicaEffects effects) {
    refused++;
    refusals.refused(operation);
    effects.answer(operation, from, new Answer.Later(reason));
  }

  private static Answer lost(Operation operation, PlacementEntry placement) {
    return new Answer.Failed(
        FailureCode.SHARD_LOST,
        "the shard's last copy is gone; bring a node that holds it back, or have an operator accept"
            + " the loss: shard=%d, map=%s, epoch=%s"
                .formatted(operation.shard(), operation.map(), Epoch.format(placement.epoch())));
  }

  /** Takes all out that waits, oldest first; what must go on waiting comes back in its order. */
  List<HoldBuffer.Held> takeHeld() {
    return held.takeAll();
  }

  /** Drops what is too late. */
  void tick(long nowNanos, ReplicaEffects effects) {
    dropped += held.dropLate(nowNanos, effects);
    refusals.forgetEnded(nowNanos);
  }

  /** Operations dropped without an answer, since they were too late. */
  long dropped() {
    return dropped;
  }

  /** Operations refused until later. */
  long refused() {
    return refused;
  }
}
