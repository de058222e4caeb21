package io.shardgrid.shard;

import static java.util.Objects.requireNonNull;

import io.shardgrid.key.Epoch;
import io.shardgrid.shard.HeldAnswers.Held;
import io.shardgrid.wire.Answer;
import io.shardgrid.wire.AnswerSink;
import io.shardgrid.wire.Operation;
import io.shardgrid.wire.Request;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The way of an operation at a replica: it is admitted or not, waits for a rule or not, is carried
 * out, and its answer told or held. Confined to its replica.
 */
final class Intake {

  private static final String BACKLOG = "the backups are behind by as much as they may be";
  private static final String RULES_FULL = "as many operations wait for rules as may";

  private final ReplicaState state;
  private final Admission admission;
  private final OperationExecution execution;
  private final Invocations invocations;
  private final @Nullable StoreSide stores;
  private long dropped;

  Intake(
      ReplicaState state,
      ReplicaSettings bounds,
      OperationExecution execution,
      @Nullable StoreSide stores) {
    this.stores = stores;
    this.state = state;
    this.admission = new Admission(bounds);
    this.execution = execution;
    this.invocations = new Invocations(bounds);
  }

  /**
   * Carries an operation out, has it wait, or refuses it.
   *
   * @param acting the reign of the replica; null if it does not act
   */
  void admit(
      Operation operation,
      AnswerSink from,
      @Nullable PrimarySide acting,
      long nowNanos,
      ReplicaEffects effects) {
    boolean isActing = acting != null && !acting.isDraining();
    Admission.Standing standing =
        new Admission.Standing(
            state.placement, isActing ? state.seat : Epoch.NONE, state.isNamed());
    if (!admission.admits(operation, from, standing, nowNanos, effects) || acting == null) {
      return;
    }
    if (invocations.isBlocking(operation)) {
      if (!invocations.offer(operation, from)) {
        admission.refuse(operation, from, RULES_FULL, effects);
      }
      return;
    }
    prepare(operation, from, null, acting, nowNanos, effects);
  }

  /** A rule has come to an end. Ignored if it was let go before, as when a reign ends. */
  void invoked(
      Invocation invocation,
      Ruling ruling,
      @Nullable PrimarySide acting,
      long nowNanos,
      ReplicaEffects effects) {
    Invocations.Running one = invocations.end(invocation);
    if (one == null || acting == null) {
      return;
    }
    Operation operation = one.operation();
    if (one.isDropped()) {
      takeWaiting(acting, nowNanos, effects);
      return;
    }
    if (!invocation.mayChange() && ruling.effect() == Ruling.Effect.KEEP) {
      tell(
          new Held(invocation.needed(), false, true, operation, one.from(), ruling.answer()),
          acting,
          nowNanos,
          effects);
      return;
    }
    // One that was known to change nothing, and was loaded anew meanwhile, is asked again.
    boolean isCurrent =
        invocation.mayChange() && !one.isOvertaken() && isAsFound(invocation, acting);
    if (isCurrent) {
      carryOut(operation, ruling, one.from(), acting, nowNanos, effects);
    } else {
      prepare(operation, one.from(), null, acting, nowNanos, effects);
    }
    takeWaiting(acting, nowNanos, effects);
  }

  /** Whether the entry is still the one that a rule has seen. */
  private boolean isAsFound(Invocation invocation, PrimarySide acting) {
    ShardStore store = state.store;
    if (store.sequence() == invocation.sequence() && !invocation.isOver(store.wallMillis())) {
      return true; // nothing was written since
    }
    return execution.version(invocation.map(), invocation.request().key(), !acting.isAlone())
        == invocation.version();
  }

  /**
   * Carries an operation out, once all entries that it depends on are in the grid, or are known to
   * be nowhere.
   *
   * @param before what it has waited for already; null if for nothing
   */
  private void prepare(
      Operation operation,
      AnswerSink from,
      @Nullable LoadWait before,
      PrimarySide acting,
      long nowNanos,
      ReplicaEffects effects) {
    StoredMap map = stores == null ? null : stores.of(operation.map());
    if (map == null || !execution.isToBeDone(operation, nowNanos)) {
      carryOut(operation, null, from, acting, nowNanos, effects);
      return;
    }
    StoreSide side = requireNonNull(stores);
    String refusal = StoreSide.refusal(map, operation.request());
    if (refusal != null) {
      admission.refuse(operation, from, refusal, effects);
      return;
    }
    StoreSide.Looked looked = StoreSide.look(map, operation.request(), before, nowNanos);
    execution.logOwn(!acting.isAlone());
    if (looked.hasNoRoom()) {
      fail(operation, from, side.noRoom(map), acting, nowNanos, effects);
    } else if (looked.unknown().isEmpty()) {
      carryOut(operation, null, from, acting, nowNanos, effects);
    } else if (before == null && StoreSide.isCrowded(map)) {
      fail(operation, from, side.crowded(map), acting, nowNanos, effects);
    } else if (LoadWait.isEndless(before)) {
      fail(operation, from, side.endless(map), acting, nowNanos, effects);
    } else {
      Invocations.Running one =
          new Invocations.Running(invocations.nextTicket(), null, operation, from);
      invocations.began(one);
      side.load(map, looked.unknown(), new LoadWait(one, before), effects);
    }
  }

  /**
   * Answers an operation that cannot be carried out. A write is numbered all the same: another of
   * its attempts must not do it after its caller was told that nothing was done.
   */
  private void fail(
      Operation operation,
      AnswerSink from,
      Answer failure,
      PrimarySide acting,
      long nowNanos,
      ReplicaEffects effects) {
    boolean isKnownToRead =
        operation.request() instanceof Request.Invoke invoke
            && effects.isKnownToRead(invoke.rule());
    if (operation.request().kind().isWrite() && !isKnownToRead) {
      carryOut(operation, Ruling.keep(failure), from, acting, nowNanos, effects);
    } else {
      effects.answer(operation, from, failure);
    }
  }

  /** Something has come of what a store was asked. */
  void returned(
      ErrandResult result, @Nullable PrimarySide acting, long nowNanos, ReplicaEffects effects) {
    if (result instanceof ErrandResult.Ruled ruled) {
      invoked(ruled.invocation(), ruled.ruling(), acting, nowNanos, effects);
      return;
    }
    // Whoever drains numbers nothing more.
    if (stores == null || acting == null || acting.isDraining()) {
      return;
    }
    List<LoadWait> ready = List.of();
    List<StoreWriter.Ended> ended = stores.written(result, nowNanos);
    if (result instanceof ErrandResult.Loaded loaded) {
      ready = stores.loaded(loaded, nowNanos);
    } else if (result instanceof ErrandResult.NotLoaded none) {
      ready = stores.notLoaded(none);
    } else {
      stores.filled(result, nowNanos);
    }
    execution.logOwn(!acting.isAlone());
    tellEnded(ended, acting, nowNanos, effects);
    goOn(ready, acting, nowNanos, effects);
  }

  private static void tellEnded(
      List<StoreWriter.Ended> ended, PrimarySide acting, long nowNanos, ReplicaEffects effects) {
    for (StoreWriter.Ended one : ended) {
      Held held = one.held();
      tell(
          new Held(held.need(), false, false, held.operation(), held.from(), one.answer()),
          acting,
          nowNanos,
          effects);
    }
  }

  private void goOn(
      List<LoadWait> ready, PrimarySide acting, long nowNanos, ReplicaEffects effects) {
    for (LoadWait wait : ready) {
      Invocations.Running one = wait.running();
      if (!invocations.end(one) || one.isDropped()) {
        continue;
      }
      Answer failure = wait.failure();
      if (failure == null) {
        prepare(one.operation(), one.from(), wait, acting, nowNanos, effects);
      } else {
        fail(one.operation(), one.from(), failure, acting, nowNanos, effects);
      }
    }
    if (!ready.isEmpty()) {
      takeWaiting(acting, nowNanos, effects);
    }
  }

  /**
   * Carries it out.
   *
   * @param ruling what a rule that has been asked has decided; null if none was, or it was about
   *     another entry than there is now
   */
  private void carryOut(
      Operation operation,
      @Nullable Ruling ruling,
      AnswerSink from,
      PrimarySide acting,
      long nowNanos,
      ReplicaEffects effects) {
    String refusal = execution.refusal(operation);
    if (refusal == null && acting.isBacklogged(operation)) {
      refusal = BACKLOG;
    }
    if (refusal != null) {
      admission.refuse(operation, from, refusal, effects);
      return;
    }
    Answer answer = execution.execute(operation, ruling, nowNanos, acting);
    if (answer != null) {
      boolean isRead = !operation.request().kind().isWrite();
      StoredMap map = stores == null ? null : stores.of(operation.map());
      boolean isNumbered = execution.isNumbered() && map == null;
      Held held = new Held(execution.needed(), isNumbered, isRead, operation, from, answer);
      if (map == null || !map.isThrough() || !StoreSide.waits(map, held, nowNanos)) {
        tell(held, acting, nowNanos, effects);
      }
      if (map != null && isRead) {
        requireNonNull(stores).shown(map, operation.request(), effects);
      } else if (map != null) {
        // It may go again, and nothing is then what a rule has seen, too.
        StoreKeys.written(operation.request())
            .forEach(key -> invocations.written(operation.map(), key));
      }
    } else if (execution.isToBeRuled()) {
      ask(operation, from, acting, effects);
    } else {
      effects.drop(operation, from);
    }
  }

  private static void tell(Held answer, PrimarySide acting, long nowNanos, ReplicaEffects effects) {
    if (acting.mayTell(!answer.isRead(), answer.need(), nowNanos, effects)) {
      effects.answer(answer.operation(), answer.from(), answer.answer());
    } else {
      acting.hold(answer);
    }
  }

  private void ask(
      Operation operation, AnswerSink from, PrimarySide acting, ReplicaEffects effects) {
    Request.Invoke request = (Request.Invoke) operation.request();
    Answer found =
        execution.read(operation.map(), new Request.Get(request.key()), !acting.isAlone());
    Invocation invocation =
        new Invocation(
            invocations.nextTicket(),
            operation.map(),
            request,
            found,
            execution.dependsOn(found),
            state.store.sequence(),
            state.store.wallMillis(),
            !effects.isKnownToRead(request.rule()));
    invocations.began(new Invocations.Running(invocation.ticket(), invocation, operation, from));
    effects.invoke(invocation, operation);
  }

  /** The placement, or whether the replica acts, has changed: looks at all that waits again. */
  void readmit(@Nullable PrimarySide acting, long nowNanos, ReplicaEffects effects) {
    List<HoldBuffer.Held> held = admission.takeHeld();
    if (!invocations.isIdle() && (acting == null || acting.isDraining())) {
      // They were admitted before those that are held came.
      for (HoldBuffer.Held one : invocations.letGo()) {
        admit(one.operation(), one.from(), acting, nowNanos, effects);
      }
    }
    for (HoldBuffer.Held one : held) {
      admit(one.operation(), one.from(), acting, nowNanos, effects);
    }
  }

  /** Whether a read can be answered by what is in the grid. */
  boolean isInGrid(String map, Request request) {
    StoredMap stored = stores == null ? null : stores.of(map);
    return stored == null || StoreSide.isInGrid(stored, request);
  }

  /** Whether the primary needs nobody to carry a write out, neither a rule nor a store. */
  boolean isPlain(String map, Request request) {
    return request.kind() != Request.Kind.INVOKE && (stores == null || stores.of(map) == null);
  }

  /** A read was answered. */
  void shown(String map, Request request, ReplicaEffects effects) {
    StoredMap stored = stores == null ? null : stores.of(map);
    if (stored != null) {
      requireNonNull(stores).shown(stored, request, effects);
    }
  }

  /** The replica begins to act. */
  void seatTaken(long nowNanos) {
    execution.seatTaken(nowNanos);
    if (stores != null) {
      stores.seatTaken(nowNanos);
    }
  }

  /** The replica does not act any more. */
  void reignEnded(ReplicaEffects effects) {
    if (stores != null) {
      stores.reignEnded(effects);
    }
  }

  /** Whether something may have to be handed to a store. */
  boolean isPumpDue() {
    return stores != null && stores.hasMarks();
  }

  /** Hands to stores what is due. */
  void pump(PrimarySide acting, long nowNanos, ReplicaEffects effects) {
    // Whoever does not act any more, and does not know, must not call behind the fence of the next.
    if (stores != null
        && stores.isDue(nowNanos)
        && !acting.isDraining()
        && acting.mayTell(false, 0, nowNanos, effects)) {
      stores.pump(state.commit, nowNanos, effects);
    }
  }

  private void takeWaiting(PrimarySide acting, long nowNanos, ReplicaEffects effects) {
    for (HoldBuffer.Held one : invocations.takeWaiting()) {
      admit(one.operation(), one.from(), acting, nowNanos, effects);
    }
  }

  /** Drops what is too late. */
  void tick(@Nullable PrimarySide acting, long nowNanos, ReplicaEffects effects) {
    admission.tick(nowNanos, effects);
    dropped += invocations.dropLate(nowNanos, effects);
    if (stores != null && acting != null && !acting.isDraining()) {
      List<StoreWriter.Ended> late = stores.tick(nowNanos, effects);
      execution.logOwn(!acting.isAlone());
      tellEnded(late, acting, nowNanos, effects);
    }
  }

  /** Operations dropped without an answer, since nobody waited for one any more. */
  long dropped() {
    return admission.dropped() + execution.dropped() + dropped;
  }

  /** Operations refused until later. */
  long refused() {
    return admission.refused();
  }
}
