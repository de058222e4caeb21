package io.shardgrid.shard;

import io.shardgrid.failure.FailureCode;
import io.shardgrid.wire.Answer;
import io.shardgrid.wire.Request;
import org.jspecify.annotations.Nullable;

/**
 * Carries out what the primary can answer within the turn in which it is asked. Confined to its
 * replica.
 */
final class PromptCalls {

  private static final String UNTOLD =
      "A write was carried out, but since then no majority of the members has answered the node,"
          + " so that it may be lost: shard=";

  private final int shard;
  private final OperationExecution execution;
  private final Intake intake;

  PromptCalls(int shard, OperationExecution execution, Intake intake) {
    this.shard = shard;
    this.execution = execution;
    this.intake = intake;
  }

  /** The answer; null if it cannot be told now, and then no write was made for it. */
  @Nullable Answer answer(
      String map, Request request, PrimarySide acting, long nowNanos, ReplicaEffects effects) {
    return request.kind().isWrite()
        ? write(map, request, acting, nowNanos, effects)
        : read(map, request, acting, nowNanos, effects);
  }

  private @Nullable Answer read(
      String map, Request request, PrimarySide acting, long nowNanos, ReplicaEffects effects) {
    if (!intake.isInGrid(map, request)) {
      execution.logOwn(!acting.isAlone());
      return null;
    }
    Answer answer = execution.read(map, request, !acting.isAlone());
    boolean isTold = acting.mayTell(false, execution.dependsOn(answer), nowNanos, effects);
    intake.shown(map, request, effects);
    return isTold ? answer : null;
  }

  private @Nullable Answer write(
      String map, Request request, PrimarySide acting, long nowNanos, ReplicaEffects effects) {
    if (!acting.isAlone()
        || !intake.isPlain(map, request)
        || !acting.mayTell(true, 0, nowNanos, effects)) {
      return null;
    }
    Answer answer = execution.write(map, request);
    // This process may have stood still since it was asked the first time.
    return acting.mayTell(true, execution.needed(), nowNanos, effects)
        ? answer
        : new Answer.Failed(FailureCode.INTERNAL, UNTOLD + shard);
  }
}
