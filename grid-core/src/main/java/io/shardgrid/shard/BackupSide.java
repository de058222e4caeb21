package io.shardgrid.shard;

import io.shardgrid.key.NodeId;
import io.shardgrid.key.PlacementEntry;
import io.shardgrid.wire.replica.Change;
import io.shardgrid.wire.replica.LoggedWrite;
import io.shardgrid.wire.replica.ReplicaMessage.Append;
import io.shardgrid.wire.replica.ReplicaMessage.AppendAck;
import io.shardgrid.wire.replica.ReplicaMessage.Nack;
import java.util.List;

/** How a replica follows a primary's writes. Confined to its replica. */
final class BackupSide {

  /*
   * A backup logs on receipt and applies on commit, so that what it has applied is what no crash
   * can take back. The writes it has beyond that may be others than those the next primary has
   * under the same numbers, or may be acknowledged ones that the next primary has too; so a new
   * seat first says all that it has above the last commit it knows, in one message, and only that
   * may replace them: cut first and refilled later, an acknowledged write could be gone from here
   * while the next primary dies.
   *
   * A former primary has applied more than is committed. If the new seat's log has those very
   * writes (number and seat name a write), it can follow, else it must be copied anew.
   */

  private final ReplicaState state;
  private final ReplicationSettings settings;
  private final MemberEchoes echoes;
  private final long echoedNanos;

  BackupSide(ReplicaState state, ReplicationSettings settings, MemberEchoes echoes) {
    this.state = state;
    this.settings = settings;
    this.echoes = echoes;
    this.echoedNanos = settings.echoedNanosMax();
  }

  /** Writes of a primary; the placement that came with them is known already. */
  void receive(
      NodeId from, PlacementEntry known, Append append, long nowNanos, ReplicaEffects effects) {
    if (state.holding == Holding.LEARNING) {
      return;
    }
    if (!isAllowed(from, known, append)) {
      nack(from, known, append, false, effects);
    } else if (!state.holding.isWhole() || state.differsAt() != 0) {
      nack(from, known, append, true, effects);
    } else if (append.seat() != state.seat && !followNewSeat(append, nowNanos)) {
      nack(from, known, append, true, effects);
    } else {
      follow(from, append, nowNanos, effects);
    }
  }

  /** The seat must be the one followed or a newer one, and one that the placement allows. */
  private boolean isAllowed(NodeId from, PlacementEntry known, Append append) {
    boolean isCurrent = append.seat() == known.seat() && from.equals(known.primary());
    boolean isDraining =
        append.seat() == known.prevSeat()
            && append.epoch() >= known.epoch()
            && known.inSync().contains(from);
    return (isCurrent || isDraining) && append.seat() >= state.seat;
  }

  private void nack(
      NodeId to, PlacementEntry known, Append append, boolean isStale, ReplicaEffects effects) {
    effects.send(to, new Nack(state.shard, append.seat(), known, isStale));
  }

  private boolean followNewSeat(Append append, long nowNanos) {
    state.applyTo(append.base(), nowNanos);
    long applied = state.store.sequence();
    if (applied < append.base() || !hasSameHistory(append, applied)) {
      return false;
    }
    state.log.cutAbove(applied);
    if (state.log.length() < applied) {
      state.log.restart(applied);
    }
    state.seat = append.seat();
    state.expectNothing();
    logFrom(append.writes());
    return true;
  }

  /** Whether all that was applied here, committed or not, is in the new seat's log too. */
  private boolean hasSameHistory(Append append, long applied) {
    for (long seq = Math.max(append.base(), state.commit) + 1; seq <= applied; seq++) {
      int position = (int) (seq - append.base() - 1);
      boolean isSame =
          state.log.holds(seq)
              && position < append.writes().size()
              && append.writes().get(position).seat() == state.log.at(seq).seat();
      if (!isSame) {
        return false;
      }
    }
    return true;
  }

  private void follow(NodeId from, Append append, long nowNanos, ReplicaEffects effects) {
    state.store.advanceWall(append.wallMillis());
    boolean isGap = append.base() > state.log.length();
    long loggedBefore = state.log.length();
    if (!isGap) {
      logFrom(append.writes());
      state.commit = Math.max(state.commit, Math.min(append.commit(), state.log.length()));
      state.applyTo(state.commit, nowNanos);
      state.log.dropTo(Math.min(state.commit, state.store.sequence()));
      state.expect(append.checkSeq(), append.digest());
    }
    state.promise(nowNanos + settings.lease().toNanos());
    boolean mayTell = append.isSole() && echoes.isHeard(effects.nowNanos(), echoedNanos);
    if (mayTell) {
      tellOwn(append.writes(), loggedBefore, effects);
    }
    effects.send(
        from,
        new AppendAck(
            state.shard,
            append.seat(),
            state.log.length(),
            isGap,
            mayTell ? loggedBefore : state.log.length(),
            append.sentAtNanos()));
    if (state.differsAt() != 0) {
      effects.diverged(state.self, state.differsAt());
    }
  }

  /** Tells of what was just logged: its primary and this replica have it, nobody else needs it. */
  private void tellOwn(List<LoggedWrite> writes, long loggedBefore, ReplicaEffects effects) {
    for (LoggedWrite write : writes) {
      boolean isLogged = write.seq() > loggedBefore && write.seq() <= state.log.length();
      if (isLogged && write.origin() != null && !isMarked(write.change())) {
        effects.tellOwn(state.shard, write);
      }
    }
  }

  /** Whether its answer may wait for a store: only the primary knows then when to tell it. */
  private static boolean isMarked(Change change) {
    return change instanceof Change.Batch batch
        && batch.changes().stream()
            .anyMatch(part -> part instanceof Change.Put put && StoreMark.isMarks(put.map()));
  }

  private void logFrom(List<LoggedWrite> writes) {
    for (LoggedWrite write : writes) {
      if (write.seq() == state.log.length() + 1) {
        state.log.append(write);
      }
    }
  }
}
