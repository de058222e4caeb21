package io.shardgrid.shard;

import io.shardgrid.bucket.BucketMap;
import io.shardgrid.failure.FailureCode;
import io.shardgrid.key.Charter;
import io.shardgrid.key.Epoch;
import io.shardgrid.key.NodeId;
import io.shardgrid.key.PlacementEntry;
import io.shardgrid.wire.Answer;
import io.shardgrid.wire.AnswerSink;
import io.shardgrid.wire.Operation;

/**
 * One node's replica of one shard: carries operations out while it has the seat, and otherwise says
 * who might.
 *
 * <p>A pure machine: time comes with each input, what it decides goes out through {@link Effects}.
 * Not thread-safe: one input at a time. Times {@code nowNanos} are of this process's monotonic
 * clock, {@code wallMillis} of the wall clock since 1970; both may be handed in as they are, a wall
 * clock that goes back is ignored.
 */
public final class Replica {

  private static final String NO_PLACEMENT = "the node does not know yet where the shard is";
  private static final String HOLD_FULL = "as many operations wait for the shard's seat as may";
  private static final String OUT_OF_TURN = "an earlier operation of the client was refused";

  private final int shard;
  private final ShardStore store;
  private final RequestExecution execution;
  private final Upkeep upkeep;
  private final Reign reign;
  private final HoldBuffer held;
  private final RefusalOrder refusals;
  private long dropped;
  private long refused;

  public Replica(
      int shard, Charter charter, NodeId self, ReplicaSettings settings, ReplicaMemory memory) {
    this.shard = shard;
    this.store = new ShardStore(charter, memory, settings, ShardStore.Journal.NONE);
    this.execution = new RequestExecution(shard, store, settings);
    this.upkeep = new Upkeep(store, settings);
    this.reign = new Reign(shard, self);
    this.held = new HoldBuffer(settings.heldOperationsMax(), settings.heldBytesMax());
    this.refusals = new RefusalOrder(settings.clientsMax());
  }

  /**
   * Carries an operation out, holds it, or refuses it. It is answered once, now or later, unless
   * its deadline passes before or its client has said that it has ended: then it is dropped.
   */
  public void operate(
      Operation operation, AnswerSink from, long nowNanos, long wallMillis, Effects effects) {
    store.advanceWall(wallMillis);
    admit(operation, from, nowNanos, effects);
  }

  /** A committed placement of this shard. Ignored unless newer than the one known. */
  public void place(PlacementEntry entry, long nowNanos, long wallMillis, Effects effects) {
    store.advanceWall(wallMillis);
    long seatBefore = reign.seat();
    reign.place(entry, store.sequence(), effects);
    goOn(seatBefore, nowNanos, effects);
  }

  /** A yield from another node: this replica may act in its next seat if it holds the data. */
  public void yielded(NodeId from, Yield yield, long nowNanos, long wallMillis, Effects effects) {
    store.advanceWall(wallMillis);
    long seatBefore = reign.seat();
    reign.yielded(from, yield, store.sequence(), effects);
    goOn(seatBefore, nowNanos, effects);
  }

  /**
   * The yield that this replica sent has led to a primary: the data here is not needed any more.
   */
  public void yieldAcknowledged(Yield yield, Effects effects) {
    if (reign.acknowledged(yield, effects)) {
      store.drop();
    }
  }

  /** Does what is due: to be called a few times a second. Bounded by the settings. */
  public void tick(long nowNanos, long wallMillis, Effects effects) {
    store.advanceWall(wallMillis);
    dropped += held.dropLate(nowNanos);
    refusals.forgetEnded(nowNanos);
    reign.repeat(effects);
    if (reign.life() == SeatLife.ACTING) {
      upkeep.step(nowNanos);
    }
  }

  /** What this replica holds and does. O(maps). */
  public Survey survey() {
    long entries = 0;
    long liveBytes = 0;
    long reservedBytes = 0;
    for (BucketMap map : store.maps().all()) {
      entries += map.entries();
      liveBytes += map.liveBytes();
      reservedBytes += map.reservedBytes();
    }
    PlacementEntry placement = reign.placement();
    return new Survey(
        shard,
        placement == null ? Epoch.NONE : placement.epoch(),
        reign.seat(),
        reign.life() == SeatLife.ACTING,
        store.sequence(),
        entries,
        liveBytes,
        reservedBytes,
        store.evicted(),
        store.expired(),
        dropped,
        refused);
  }

  private void goOn(long seatBefore, long nowNanos, Effects effects) {
    if (reign.seat() != seatBefore) {
      store.answers().heardAll(nowNanos);
    }
    // What must go on waiting goes back to the end, so that all keep their order.
    for (int left = held.size(); left > 0; left--) {
      HoldBuffer.Held oldest = held.poll();
      if (oldest != null) {
        admit(oldest.operation(), oldest.from(), nowNanos, effects);
      }
    }
  }

  private void admit(Operation operation, AnswerSink from, long nowNanos, Effects effects) {
    PlacementEntry placement = reign.placement();
    if (placement == null) {
      refuse(operation, from, NO_PLACEMENT, effects);
    } else if (operation.minEpoch() > placement.epoch()) {
      hold(operation, from, nowNanos, effects);
    } else if (placement.isLost()) {
      effects.answer(operation, from, lost(operation, placement));
    } else if (reign.life() == SeatLife.NAMED) {
      hold(operation, from, nowNanos, effects);
    } else if (reign.life() == SeatLife.ACTING && operation.minEpoch() >= reign.seat()) {
      execute(operation, from, nowNanos, effects);
    } else {
      // Elsewhere; or sent by a placement from before this seat. The router of such a one may have
      // been refused earlier operations by another node and be about to send them here: carried
      // out now, this one would overtake them. It comes again, in its place, with all of them.
      effects.answer(operation, from, new Answer.Moved(placement));
    }
  }

  private void hold(Operation operation, AnswerSink from, long nowNanos, Effects effects) {
    if (refusals.bars(operation, nowNanos)) {
      refuse(operation, from, OUT_OF_TURN, effects);
    } else if (!held.offer(operation, from)) {
      refuse(operation, from, HOLD_FULL, effects);
    }
  }

  private void refuse(Operation operation, AnswerSink from, String reason, Effects effects) {
    refused++;
    refusals.refused(operation);
    effects.answer(operation, from, new Answer.Later(reason));
  }

  private Answer lost(Operation operation, PlacementEntry placement) {
    return new Answer.Failed(
        FailureCode.SHARD_LOST,
        "the shard's last copy is gone; bring a node that holds it back, or have an operator accept"
            + " the loss: shard=%d, map=%s, epoch=%s"
                .formatted(shard, operation.map(), Epoch.format(placement.epoch())));
  }

  private void execute(Operation operation, AnswerSink from, long nowNanos, Effects effects) {
    if (refusals.bars(operation, nowNanos)) {
      refuse(operation, from, OUT_OF_TURN, effects);
    } else if (operation.request().kind().isWrite()) {
      write(operation, from, nowNanos, effects);
    } else if (isLate(operation, nowNanos)) {
      dropped++;
    } else {
      effects.answer(operation, from, execution.read(operation));
    }
  }

  private void write(Operation operation, AnswerSink from, long nowNanos, Effects effects) {
    AnswerWindow window = store.answers().window(operation.client());
    long doneBelow =
        window == null
            ? operation.doneBelow()
            : Math.max(window.doneBelow(), operation.doneBelow());
    if (operation.seq() < doneBelow) {
      dropped++;
      return;
    }
    Answer remembered = window == null ? null : window.find(operation.seq());
    if (remembered != null) {
      effects.answer(operation, from, remembered);
      return;
    }
    if (isLate(operation, nowNanos)) {
      dropped++;
      return;
    }
    String refusal = store.answers().refusal(window, operation);
    if (refusal != null) {
      refuse(operation, from, refusal, effects);
      return;
    }
    Answer answer = execution.write(operation);
    store.answers().remember(operation, answer, nowNanos);
    effects.answer(operation, from, answer);
  }

  private static boolean isLate(Operation operation, long nowNanos) {
    return nowNanos - operation.deadlineNanos() > 0;
  }
}
