package io.shardgrid.shard;

import io.shardgrid.key.Epoch;
import io.shardgrid.key.NodeId;
import io.shardgrid.wire.replica.CopyItem;
import io.shardgrid.wire.replica.LoggedWrite;
import io.shardgrid.wire.replica.ReplicaMessage.Copy;
import io.shardgrid.wire.replica.ReplicaMessage.CopyAck;
import io.shardgrid.wire.replica.ReplicaMessage.Verdict;

/** The learner's side of a copy. Confined to its replica. */
final class CopyTarget {

  private final ReplicaState state;
  private long seat = Epoch.NONE;
  private long stream;
  private int attempt;
  private long next;
  private long copied;

  CopyTarget(ReplicaState state) {
    this.state = state;
  }

  /** The seat whose primary fills this learner, or did. */
  long seat() {
    return seat;
  }

  /** Number of the last write in the whole copy. */
  long copied() {
    return copied;
  }

  /** An item from the primary of the seat that the placement names. */
  void receive(NodeId from, Copy copy, long nowNanos, ReplicaEffects effects) {
    if (isNewer(copy) && copy.item() instanceof CopyItem.Reset reset) {
      begin(copy, reset, nowNanos);
      answer(from, Verdict.INTACT, effects);
      return;
    }
    if (isNewer(copy)) {
      effects.send(
          from,
          new CopyAck(
              copy.shard(), copy.seat(), copy.stream(), copy.attempt(), 0, Verdict.UNKNOWN));
      return;
    }
    boolean isOurs = copy.seat() == seat && copy.stream() == stream;
    if (!isOurs || (state.holding != Holding.LEARNING && state.holding != Holding.LEARNT)) {
      return;
    }
    if (copy.item() instanceof CopyItem.Resume) {
      attempt = Math.max(attempt, copy.attempt());
      answer(from, Verdict.INTACT, effects);
    } else if (copy.attempt() == attempt && copy.index() == next) {
      answer(from, take(copy, nowNanos), effects);
    }
  }

  private boolean isNewer(Copy copy) {
    return copy.seat() > seat || (copy.seat() == seat && copy.stream() > stream);
  }

  private void begin(Copy copy, CopyItem.Reset reset, long nowNanos) {
    state.drop();
    state.store.reset(reset, nowNanos);
    state.hold(Holding.LEARNING);
    seat = copy.seat();
    stream = copy.stream();
    attempt = copy.attempt();
    next = 1;
  }

  private Verdict take(Copy copy, long nowNanos) {
    CopyItem item = copy.item();
    if (item instanceof CopyItem.Chunk chunk) {
      if (!chunk.isIntact()) {
        return Verdict.DAMAGED;
      }
      state.store.fill(chunk);
    } else if (item instanceof CopyItem.Clients clients) {
      state.store.fill(clients, nowNanos);
    } else if (item instanceof CopyItem.Writes writes) {
      for (LoggedWrite write : writes.writes()) {
        state.store.apply(write, nowNanos);
      }
    } else if (item instanceof CopyItem.End end && !end(end)) {
      state.drop();
      return Verdict.DIFFERENT;
    }
    next++;
    return Verdict.INTACT;
  }

  private boolean end(CopyItem.End end) {
    boolean isWhole =
        end.seq() == state.store.sequence() && end.digest().equals(state.store.digest());
    if (isWhole) {
      copied = end.seq();
      state.hold(Holding.LEARNT);
      state.log.restart(copied);
      state.seat = seat;
      state.commit = end.commit();
    }
    return isWhole;
  }

  private void answer(NodeId to, Verdict verdict, ReplicaEffects effects) {
    effects.send(to, new CopyAck(state.shard, seat, stream, attempt, next, verdict));
  }
}
