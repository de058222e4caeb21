package io.shardgrid.shard;

import static java.util.Objects.requireNonNull;

import io.shardgrid.key.NodeId;
import io.shardgrid.key.PlacementEntry;
import io.shardgrid.shard.HeldAnswers.Held;
import io.shardgrid.wire.Answer;
import io.shardgrid.wire.Operation;
import io.shardgrid.wire.replica.LoggedWrite;
import io.shardgrid.wire.replica.ReplicaMessage.Append;
import io.shardgrid.wire.replica.ReplicaMessage.AppendAck;
import io.shardgrid.wire.replica.ReplicaMessage.CopyAck;
import io.shardgrid.wire.replica.ReplicaMessage.Nack;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One reign of a primary: from the moment it takes its seat until another is named. Ships writes to
 * the backups, knows what is committed, and holds answers back until they may be told. Confined to
 * its replica.
 */
final class PrimarySide {

  /*
   * Required are the in-sync set of the placement and the learners whose copies are whole. A write
   * is committed when all required have acknowledged it in this seat; its answer, and every answer
   * that depends on it, is told then. A read is told only while the promise of every one required
   * holds, counted from when it was asked for; so whoever takes the next seat cannot have taken it.
   * Nothing is told unless a majority of the members has answered this node lately: if all replicas
   * were removed from the cluster together, an operator may have let the shard begin anew.
   *
   * The set grows here first and in the placement later, and shrinks the other way round: whoever
   * the placement may name has what was answered.
   */
  private static final double LEASE_SHARE = 0.9;

  /** A shard that nobody asks for gives signs of life so many times more rarely. */
  private static final int IDLE_HEARTBEATS = 5;

  /** A read that waits for a promise has it asked for, but not again within this share of one. */
  private static final int WANTED_SHARE = 10;

  /** A shard is idle when nobody has asked for it within so many heartbeats. */
  private static final int BUSY_HEARTBEATS = 10;

  private final ReplicaState state;
  private final ReplicationSettings settings;
  private final ReplicaCommons commons;
  private final long commitAtTake;
  private final long echoedNanos;
  private final long promisedNanos;
  private final Map<NodeId, BackupProgress> required = new LinkedHashMap<>();
  private final Copies copies;
  private final HeldAnswers held = new HeldAnswers();
  private final ToldElsewhere elsewhere = new ToldElsewhere();
  private boolean isDraining;
  private boolean isPromiseWanted;
  private boolean isCheckWanted;
  private long usedNanos;
  private long askedNanos;
  private long tickedNanos;

  /** Takes the seat of the placement: the whole log is applied, what is not committed completed. */
  PrimarySide(
      ReplicaState state,
      ReplicationSettings settings,
      ReplicaCommons commons,
      PlacementEntry placement,
      long nowNanos) {
    this.state = state;
    this.settings = settings;
    this.commons = commons;
    this.copies = new Copies(state, settings, commons.pace());
    this.commitAtTake = state.commit;
    this.echoedNanos = settings.echoedNanosMax();
    this.promisedNanos = (long) (LEASE_SHARE * settings.lease().toNanos());
    this.tickedNanos = nowNanos;
    this.usedNanos = nowNanos;
    this.askedNanos = nowNanos;
    state.applyTo(state.log.length(), nowNanos);
    state.seat = placement.seat();
    for (NodeId node : placement.inSync()) {
      if (!node.equals(state.self)) {
        required.put(node, new BackupProgress(nowNanos));
      }
    }
  }

  /** Whether no write may be numbered any more. */
  boolean isDraining() {
    return isDraining;
  }

  /** Whether it is draining and everything that was numbered is committed. */
  boolean isDrained() {
    return isDraining && state.commit == state.log.length();
  }

  /** Whether as much waits for the backups as may. */
  boolean isBacklogged(Operation operation) {
    return held.size() >= settings.unansweredMax()
        || (operation.request().kind().isWrite() && state.log.bytes() >= settings.logBytesMax());
  }

  /** The nodes whose acknowledgements are needed, this one not among them. */
  Set<NodeId> required() {
    return Collections.unmodifiableSet(required.keySet());
  }

  /** The nodes that are being filled, and how far that is. */
  Copies copies() {
    return copies;
  }

  /** A newer placement that keeps this seat, or names the next one while this one drains. */
  void place(PlacementEntry placement, long nowNanos, ReplicaEffects effects) {
    isDraining = placement.seat() != state.seat;
    List<NodeId> inSync = placement.inSync();
    Iterator<Map.Entry<NodeId, BackupProgress>> all = required.entrySet().iterator();
    while (all.hasNext()) {
      Map.Entry<NodeId, BackupProgress> one = all.next();
      BackupProgress progress = one.getValue();
      if (inSync.contains(one.getKey())) {
        progress.named();
      } else if (!progress.isLearner()
          || isDraining
          || progress.isStale()
          || progress.isSilent(nowNanos, settings.silence().toNanos())) {
        all.remove();
      }
    }
    for (NodeId node : inSync) {
      if (!node.equals(state.self)) {
        required.computeIfAbsent(node, any -> new BackupProgress(nowNanos));
      }
    }
    copies.placed(inSync, isDraining, required.keySet(), effects);
    if (isDraining) {
      // Whoever had this placement before has refused what was sent in the epoch before it.
      // Without this the last writes wait for a heartbeat, and with them all that come.
      required.values().forEach(progress -> progress.repeat(nowNanos));
    }
  }

  /** Begins a copy to a node, unless one is under way or the node needs none. */
  void copyTo(NodeId target, long nowNanos) {
    if (!isDraining && !required.containsKey(target)) {
      copies.begin(target, nowNanos);
    }
  }

  /** Whether an answer that needs this write committed, and was just made, may be told at once. */
  boolean mayTell(boolean isWrite, long need, long nowNanos, ReplicaEffects effects) {
    usedNanos = nowNanos;
    if (required.isEmpty()) {
      commitAlone();
      if (commons.echoes().isAlone()) {
        return true;
      }
    }
    boolean isTellable = isTellable(isWrite, effects.nowNanos());
    isPromiseWanted |= !isTellable;
    return isTellable && need <= state.commit;
  }

  /** Has an answer told when it may be. */
  void hold(Held answer) {
    held.add(answer);
  }

  /** Has every backup compare its digest with the one of this moment, or a later one. */
  void check() {
    isCheckWanted = true;
    state.checkAskedAt = state.log.length();
  }

  /** Whether a read waits for promises that have run out while nobody asked for the shard. */
  boolean isPromiseWanted() {
    return isPromiseWanted;
  }

  private long heartbeatNanos(long nowNanos) {
    long heartbeat = settings.heartbeat().toNanos();
    boolean isBusy = nowNanos - usedNanos < BUSY_HEARTBEATS * heartbeat;
    return isBusy ? heartbeat : IDLE_HEARTBEATS * heartbeat;
  }

  private void commitAlone() {
    state.commit = state.log.length();
    if (copies.isEmpty()) {
      state.log.dropTo(state.commit);
    }
  }

  /** Whether nobody is to be told of writes. */
  boolean isAlone() {
    return required.isEmpty() && copies.isEmpty();
  }

  private boolean isTellable(boolean isWrite, long nowNanos) {
    return commons.echoes().isHeard(nowNanos, echoedNanos)
        && (isWrite || hasEveryPromise(nowNanos, promisedNanos));
  }

  private boolean hasEveryPromise(long nowNanos, long withinNanos) {
    for (BackupProgress progress : required.values()) {
      if (!progress.isPromised(nowNanos, withinNanos)) {
        return false;
      }
    }
    return true;
  }

  void acknowledged(NodeId from, AppendAck ack, long nowNanos) {
    BackupProgress progress = required.get(from);
    if (progress == null || ack.seat() != state.seat) {
      return;
    }
    progress.acknowledged(ack.length(), ack.sentAtEcho());
    elsewhere.told(from, ack.toldAbove(), ack.length());
    if (ack.isGap()) {
      progress.missed(ack.sentAtEcho(), nowNanos);
    }
  }

  void refused(NodeId from, Nack nack) {
    BackupProgress progress = required.get(from);
    if (progress != null && nack.seat() == state.seat) {
      progress.heard();
      if (nack.isStale()) {
        progress.stale();
      }
    }
  }

  void copyAcknowledged(NodeId from, CopyAck ack, long nowNanos, ReplicaEffects effects) {
    CopySource copy =
        ack.seat() == state.seat ? copies.acknowledged(from, ack, nowNanos, effects) : null;
    if (copy != null) {
      required.put(from, BackupProgress.learnt(copy.endSeq(), nowNanos));
    }
  }

  /**
   * Sends what is new, and tells what may be told: after each turn.
   *
   * @return whether there are chunks of copies to be sent, for {@link Copies#fill}
   */
  boolean flush(long nowNanos, ReplicaEffects effects) {
    state.commit = Math.max(state.commit, leastAcknowledged());
    trimLog();
    tell(nowNanos, effects);
    long intervalNanos =
        isPromiseWanted ? settings.heartbeat().toNanos() / WANTED_SHARE : heartbeatNanos(nowNanos);
    isPromiseWanted = false;
    required.forEach(
        (node, progress) -> {
          send(node, progress, intervalNanos, nowNanos, effects);
          askFirst(node, progress, effects);
        });
    isCheckWanted = false;
    return copies.pump(nowNanos, effects);
  }

  private long leastAcknowledged() {
    long least = state.log.length();
    for (BackupProgress progress : required.values()) {
      least = Math.min(least, progress.isKnown() ? progress.acknowledged() : commitAtTake);
    }
    return least;
  }

  private void trimLog() {
    long least = Math.min(leastAcknowledged(), state.commit);
    state.log.dropTo(Math.min(least, copies.keepsLogFrom()));
  }

  private void tell(long nowNanos, ReplicaEffects effects) {
    Held next = held.poll(state.commit);
    while (next != null) {
      if (!isTellable(!next.isRead(), nowNanos)) {
        held.putBack(next);
        return;
      }
      elsewhere.answer(next, effects);
      next = held.poll(state.commit);
    }
  }

  private void send(
      NodeId node,
      BackupProgress progress,
      long intervalNanos,
      long nowNanos,
      ReplicaEffects effects) {
    // Unanswered: the sooner it is repeated, the sooner writes go on. Committed and not told: what
    // a backup has not applied, it would have to apply when it takes the seat.
    boolean isSoon = progress.isUnanswered() || progress.toldCommit() < state.commit;
    long heartbeat = settings.heartbeat().toNanos();
    long dueNanos = isSoon ? Math.min(heartbeat, intervalNanos) : intervalNanos;
    boolean isDue = isCheckWanted || progress.isDue(nowNanos, dueNanos);
    if (!progress.isKnown()) {
      if (isDue) {
        sendFrom(commitAtTake, Long.MAX_VALUE, node, progress, nowNanos, effects);
      }
      return;
    }
    boolean isFirst = true;
    while (progress.next() <= state.log.length() || (isFirst && isDue)) {
      sendFrom(progress.next() - 1, settings.appendBytesMax(), node, progress, nowNanos, effects);
      isFirst = false;
    }
  }

  private void sendFrom(
      long base,
      long bytesMax,
      NodeId node,
      BackupProgress progress,
      long nowNanos,
      ReplicaEffects effects) {
    List<LoggedWrite> writes = state.log.after(base, bytesMax);
    ShardStore store = state.store;
    PlacementEntry placement = requireNonNull(state.placement);
    boolean isToBeTold = progress.isToBeTold(placement.epoch(), nowNanos);
    boolean isSole = required.size() == 1 && !progress.isLearner();
    if (isSole) {
      elsewhere.allow(base + writes.size());
    }
    effects.send(
        node,
        new Append(
            state.shard,
            state.seat,
            placement.epoch(),
            isToBeTold ? placement : null,
            base,
            writes,
            state.commit,
            isSole,
            nowNanos,
            store.wallMillis(),
            store.sequence(),
            writes.isEmpty() || isCheckWanted ? store.digest() : null));
    progress.sent(base + writes.size() + 1, state.commit, nowNanos);
  }

  /** Asks for what only the placement can change. */
  void tick(long nowNanos, ReplicaEffects effects) {
    long heartbeat = settings.heartbeat().toNanos();
    if (nowNanos - tickedNanos > settings.silence().toNanos()) {
      // This process stood still itself: nobody else was silent, neither backups nor clients, whose
      // repeats may lie here since.
      required.values().forEach(progress -> progress.excuse(nowNanos));
      state.store.answers().heardAll(nowNanos);
    }
    tickedNanos = nowNanos;
    held.dropLate(nowNanos, effects);
    if (nowNanos - askedNanos >= heartbeat) {
      askedNanos = nowNanos;
      required.forEach((node, progress) -> ask(node, progress, nowNanos, effects));
    }
  }

  private void ask(NodeId node, BackupProgress progress, long nowNanos, ReplicaEffects effects) {
    if (progress.isStale() || progress.isSilent(nowNanos, settings.silence().toNanos())) {
      effects.removeInSync(requireNonNull(state.placement), node);
    } else if (isToBeAdded(progress)) {
      effects.addInSync(requireNonNull(state.placement), node);
    }
  }

  private boolean isToBeAdded(BackupProgress progress) {
    return progress.isLearner()
        && !isDraining
        && progress.acknowledged() >= Math.max(state.commit, elsewhere.allowed())
        && state.commit >= progress.copied();
  }

  private void askFirst(NodeId node, BackupProgress progress, ReplicaEffects effects) {
    if (isToBeAdded(progress) && progress.isFirstAsked()) {
      effects.addInSync(requireNonNull(state.placement), node);
    }
  }

  /**
   * The reign is over. Reads were not told, so they are refused; writes were carried out perhaps,
   * so nothing is said: they come again to whoever is named.
   */
  void end(PlacementEntry placement, ReplicaEffects effects) {
    held.end(new Answer.Moved(placement), effects);
    copies.abort(effects);
  }
}
