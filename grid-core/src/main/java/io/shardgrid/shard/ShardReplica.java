package io.shardgrid.shard;

import static java.util.Objects.requireNonNull;

import io.shardgrid.key.Charter;
import io.shardgrid.key.NodeId;
import io.shardgrid.key.PlacementEntry;
import io.shardgrid.wire.Answer;
import io.shardgrid.wire.AnswerSink;
import io.shardgrid.wire.Operation;
import io.shardgrid.wire.Request;
import io.shardgrid.wire.replica.ReplicaMessage;
import io.shardgrid.wire.replica.ReplicaMessage.Append;
import io.shardgrid.wire.replica.ReplicaMessage.AppendAck;
import io.shardgrid.wire.replica.ReplicaMessage.Copy;
import io.shardgrid.wire.replica.ReplicaMessage.CopyAck;
import io.shardgrid.wire.replica.ReplicaMessage.Nack;
import io.shardgrid.wire.replica.ReplicaMessage.Yield;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One node's replica of one shard: primary, backup or learner, or nothing yet.
 *
 * <p>A pure machine: time comes with each input, and anew from {@link ReplicaEffects} where a read
 * is judged; what it decides goes out through these. Not thread-safe: one input at a time, and a
 * {@link #flush} after one or several. Times {@code nowNanos} are of this process's monotonic
 * clock, {@code wallMillis} of the wall clock since 1970; a wall clock that goes back is ignored.
 */
public final class ShardReplica {

  private final ReplicaState state;
  private final ReplicationSettings settings;
  private final ReplicaCommons commons;
  private final Intake intake;
  private final PromptCalls promptCalls;
  private final Upkeep upkeep;
  private final BackupSide backup;
  private final CopyTarget learner;
  private final HoldingRules rules;
  private final OperationExecution execution;
  private @Nullable PrimarySide primary;
  private @Nullable Yield yielded;
  private final Handover handover = new Handover();
  private boolean isFlushDue;
  private boolean isFillDue;

  public ShardReplica(
      int shard,
      Charter charter,
      NodeId self,
      ReplicaSettings bounds,
      ReplicationSettings settings,
      ReplicaCommons commons) {
    WriteJournal journal = new WriteJournal();
    ShardStore store = new ShardStore(charter, commons, shard, bounds, journal);
    StoreSide stores = StoreSide.of(shard, store, commons.stores(), charter);
    this.state = new ReplicaState(shard, self, store);
    this.settings = settings;
    this.commons = commons;
    this.upkeep = new Upkeep(store, bounds);
    this.backup = new BackupSide(state, settings, commons.echoes());
    this.learner = new CopyTarget(state);
    this.rules = new HoldingRules(state, learner, charter.backups());
    this.execution = new OperationExecution(shard, state, bounds, journal, stores);
    this.intake = new Intake(state, bounds, execution, stores);
    this.promptCalls = new PromptCalls(shard, execution, intake);
  }

  /**
   * Carries an operation out, holds it, or refuses it. It is answered once, now or later; or it is
   * dropped: late, ended by its client, or numbered in a reign that ended before it was committed.
   */
  public void operate(
      Operation operation,
      AnswerSink from,
      long nowNanos,
      long wallMillis,
      ReplicaEffects effects) {
    state.store.advanceWall(wallMillis);
    long before = state.log.length();
    intake.admit(operation, from, primary, nowNanos, effects);
    noteWork(before);
  }

  /** Something has come of what was asked outside of the turns: of a rule, or of a store. */
  public void returned(
      ErrandResult result, long nowNanos, long wallMillis, ReplicaEffects effects) {
    state.store.advanceWall(wallMillis);
    long before = state.log.length();
    intake.returned(result, primary, nowNanos, effects);
    noteWork(before);
  }

  private void noteWork(long lengthBefore) {
    PrimarySide acting = primary;
    if (acting == null) {
      return;
    }
    boolean isNews =
        !acting.isAlone() && (state.log.length() != lengthBefore || acting.isPromiseWanted());
    if (isNews || intake.isPumpDue()) {
      isFlushDue = true;
    }
  }

  /**
   * Answers a request within this turn, or does nothing: a read, or a write that nobody else has to
   * be told of. Nobody may ask for it again: it is not remembered.
   *
   * @param minEpoch the epoch of the placement by which it is asked
   * @return null if this replica does not act in the seat that was asked for, or has to ask or tell
   *     somebody, or may not tell yet
   */
  public @Nullable Answer atOnce(
      String map,
      Request request,
      long minEpoch,
      long nowNanos,
      long wallMillis,
      ReplicaEffects effects) {
    PrimarySide acting = actingBy(minEpoch);
    if (acting == null) {
      return null;
    }
    state.store.advanceWall(wallMillis);
    long before = state.log.length();
    Answer answer = promptCalls.answer(map, request, acting, nowNanos, effects);
    noteWork(before);
    return answer;
  }

  /** The reign of this replica, if it can serve what was sent by the placement of this epoch. */
  private @Nullable PrimarySide actingBy(long minEpoch) {
    PrimarySide acting = primary;
    PlacementEntry entry = state.placement;
    boolean isServing =
        acting != null
            && !acting.isDraining()
            && entry != null
            && minEpoch >= state.seat
            && minEpoch <= entry.epoch();
    return isServing ? acting : null;
  }

  /** A committed placement of this shard. Ignored unless newer than the one known. */
  public void place(PlacementEntry entry, long nowNanos, long wallMillis, ReplicaEffects effects) {
    state.store.advanceWall(wallMillis);
    learn(entry, nowNanos, effects);
    isFlushDue |= primary != null;
  }

  /** A message from another node's replica of this shard. */
  public void receive(
      NodeId from, ReplicaMessage message, long nowNanos, long wallMillis, ReplicaEffects effects) {
    state.store.advanceWall(wallMillis);
    if (message instanceof Append append) {
      onAppend(from, append, nowNanos, effects);
    } else if (message instanceof AppendAck ack && primary != null) {
      primary.acknowledged(from, ack, nowNanos);
    } else if (message instanceof Nack nack) {
      learn(nack.placement(), nowNanos, effects);
      if (primary != null) {
        primary.refused(from, nack);
      }
    } else if (message instanceof Yield yield) {
      learn(yield.placement(), nowNanos, effects);
      onYield(yield, nowNanos, effects);
    } else if (message instanceof Copy copy) {
      learn(copy.placement(), nowNanos, effects);
      onCopy(from, copy, nowNanos, effects);
    } else if (message instanceof CopyAck ack && primary != null) {
      primary.copyAcknowledged(from, ack, nowNanos, effects);
    }
    isFlushDue |= primary != null;
  }

  /** Begins to fill a learner, if this replica acts in the seat and the node holds nothing. */
  public void copyTo(long seat, NodeId target, long nowNanos) {
    if (primary != null && state.seat == seat && !target.equals(state.self)) {
      primary.copyTo(target, nowNanos);
      isFlushDue = true;
    }
  }

  /** Has the backups compare their entries with this replica's, if it acts. */
  public void check() {
    if (primary != null) {
      primary.check();
      isFlushDue = true;
    }
  }

  /** Gives up filling a learner, unless it is required for writes already. */
  public void cancelCopy(NodeId target, ReplicaEffects effects) {
    if (primary != null) {
      primary.copies().cancel(target, effects);
    }
  }

  /** Does what is due: to be called several times in a heartbeat. Bounded by the settings. */
  public void tick(long nowNanos, long wallMillis, ReplicaEffects effects) {
    state.store.advanceWall(wallMillis);
    intake.tick(primary, nowNanos, effects);
    if (primary != null) {
      isFlushDue = true;
      primary.tick(nowNanos, effects);
      if (!primary.isDraining()) {
        upkeep.step(nowNanos);
        execution.logOwn(!primary.isAlone());
      }
    } else {
      takeSeatIfAllowed(nowNanos, effects);
      upkeep.maintain();
      repeatYield(effects);
    }
  }

  /** Whether {@link #flush} has something to do. */
  public boolean isFlushDue() {
    return isFlushDue;
  }

  /** Whether {@link #fill} has something to do. */
  public boolean isFillDue() {
    return isFillDue;
  }

  /**
   * Reads and sends chunks of copies: as long as {@link #isFillDue}, in a turn of its own each
   * time. O(bytes of a chunk): not for a thread for which others wait.
   */
  public void fill(long nowNanos, ReplicaEffects effects) {
    isFillDue = primary != null && primary.copies().fill(nowNanos, effects);
  }

  /**
   * Sends what is new and tells the answers that may be told: after the inputs of a turn, in a turn
   * of its own.
   */
  public void flush(long nowNanos, ReplicaEffects effects) {
    isFlushDue = false;
    PrimarySide acting = primary;
    if (acting == null) {
      return;
    }
    isFillDue = acting.flush(nowNanos, effects);
    intake.pump(acting, nowNanos, effects);
    if (acting.isDrained()) {
      yieldSeat(acting, nowNanos, effects);
    }
  }

  private void learn(PlacementEntry entry, long nowNanos, ReplicaEffects effects) {
    if (!entry.isNewerThan(state.placement)) {
      return;
    }
    state.placement = entry;
    effects.placed(entry);
    PrimarySide acting = primary;
    if (acting != null) {
      boolean isDraining = entry.prevSeat() == state.seat && state.isInSync();
      if (entry.seat() == state.seat || isDraining) {
        acting.place(entry, nowNanos, effects);
        if (acting.isDraining()) {
          handover.begun(state.seat, nowNanos);
        }
      } else {
        endReign(acting, entry, effects);
      }
    }
    if (yielded != null && entry.prevSeat() != yielded.seat()) {
      yielded = null;
    }
    if (primary == null) {
      rules.placed(entry);
      takeSeatIfAllowed(nowNanos, effects);
    }
    readmit(nowNanos, effects);
  }

  private void endReign(PrimarySide acting, PlacementEntry entry, ReplicaEffects effects) {
    primary = null;
    acting.end(entry, effects);
    intake.reignEnded(effects);
  }

  private void takeSeatIfAllowed(long nowNanos, ReplicaEffects effects) {
    PlacementEntry entry = state.placement;
    if (primary != null
        || entry == null
        || !state.isNamed()
        || state.holding != Holding.WHOLE
        || entry.seat() <= state.seat) {
      return;
    }
    Yield yield = state.yield;
    boolean isHandedOver = yield != null && yield.seat() == entry.prevSeat();
    if (state.isBoundByPromise(nowNanos) && !isHandedOver) {
      return;
    }
    yielded = null;
    state.yield = null;
    primary = new PrimarySide(state, settings, commons, entry, nowNanos);
    intake.seatTaken(nowNanos);
    effects.taken(entry);
    readmit(nowNanos, effects);
  }

  private void yieldSeat(PrimarySide acting, long nowNanos, ReplicaEffects effects) {
    PlacementEntry entry = requireNonNull(state.placement);
    endReign(acting, entry, effects);
    Yield yield = new Yield(state.shard, state.seat, entry, state.log.length());
    if (state.isNamed()) {
      onYield(yield, nowNanos, effects);
    } else {
      yielded = yield;
      repeatYield(effects);
    }
  }

  private void repeatYield(ReplicaEffects effects) {
    Yield yield = yielded;
    PlacementEntry entry = state.placement;
    NodeId next = entry == null ? null : entry.primary();
    if (yield != null && entry != null && next != null && yield.seat() == state.seat) {
      effects.send(next, new Yield(state.shard, yield.seat(), entry, yield.length()));
    }
  }

  private void onYield(Yield yield, long nowNanos, ReplicaEffects effects) {
    if (primary == null
        && yield.seat() == state.seat
        && yield.length() <= state.log.length()
        && state.holding == Holding.WHOLE) {
      state.yield = yield;
      takeSeatIfAllowed(nowNanos, effects);
    }
  }

  private void onAppend(NodeId from, Append append, long nowNanos, ReplicaEffects effects) {
    PlacementEntry told = append.placement();
    if (told != null) {
      learn(told, nowNanos, effects);
    }
    PlacementEntry entry = state.placement;
    if (entry == null || entry.epoch() < append.epoch()) {
      // It was left out because this replica has acknowledged it once.
      throw new IllegalStateException(
          "a placement was forgotten: shard=%d, from=%s, seat=%d, epoch=%d, known=%s"
              .formatted(state.shard, from, append.seat(), append.epoch(), entry));
    }
    PrimarySide acting = primary;
    if (acting != null && append.seat() == entry.seat() && append.seat() > state.seat) {
      // While this seat drained, the next one was taken without waiting for its end.
      endReign(acting, entry, effects);
    }
    handover.ended(append.seat(), nowNanos, effects);
    backup.receive(from, entry, append, nowNanos, effects);
  }

  private void onCopy(NodeId from, Copy copy, long nowNanos, ReplicaEffects effects) {
    PlacementEntry entry = requireNonNull(state.placement);
    boolean isFromPrimary = copy.seat() == entry.seat() && from.equals(entry.primary());
    if (primary == null && isFromPrimary && !state.isInSync()) {
      learner.receive(from, copy, nowNanos, effects);
    }
  }

  private void readmit(long nowNanos, ReplicaEffects effects) {
    intake.readmit(primary, nowNanos, effects);
  }

  /** What this replica holds and does. O(maps). */
  public Survey survey() {
    return SurveyTaker.take(state, primary, intake.dropped(), intake.refused());
  }

  /** The copies that this replica makes as primary. */
  public List<Survey.Filling> fillings() {
    return SurveyTaker.fillings(primary);
  }

  /** What the parts share, for whoever looks from outside. */
  ReplicaState state() {
    return state;
  }

  /** The reign of this replica; null if it does not act. */
  @Nullable PrimarySide primary() {
    return primary;
  }
}
