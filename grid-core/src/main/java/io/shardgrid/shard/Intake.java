package io.shardgrid.shard;

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
  private long dropped;

  Intake(ReplicaState state, ReplicaSettings bounds, OperationExecution execution) {
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
    carryOut(operation, null, from, acting, nowNanos, effects);
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
        invocation.mayChange()
            && execution.version(operation.map(), invocation.request().key(), !acting.isAlone())
                == invocation.version();
    carryOut(operation, isCurrent ? ruling : null, one.from(), acting, nowNanos, effects);
    takeWaiting(acting, nowNanos, effects);
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
      tell(
          new Held(execution.needed(), execution.isNumbered(), isRead, operation, from, answer),
          acting,
          nowNanos,
          effects);
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
            execution.needed(),
            state.store.wallMillis(),
            !effects.isKnownToRead(request.rule()));
    invocations.began(new Invocations.Running(invocation, operation, from));
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

  private void takeWaiting(PrimarySide acting, long nowNanos, ReplicaEffects effects) {
    for (HoldBuffer.Held one : invocations.takeWaiting()) {
      admit(one.operation(), one.from(), acting, nowNanos, effects);
    }
  }

  /** Drops what is too late. */
  void tick(long nowNanos, ReplicaEffects effects) {
    admission.tick(nowNanos, effects);
    dropped += invocations.dropLate(nowNanos, effects);
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
