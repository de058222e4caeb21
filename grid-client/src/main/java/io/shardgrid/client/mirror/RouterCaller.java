package io.shardgrid.client.mirror;

import io.shardgrid.failure.CodecException;
import io.shardgrid.failure.FailureCode;
import io.shardgrid.failure.GridAccessException;
import io.shardgrid.failure.GridException;
import io.shardgrid.failure.GridMemoryExceededException;
import io.shardgrid.failure.GridOverloadedException;
import io.shardgrid.failure.GridTimeoutException;
import io.shardgrid.failure.GridUnavailableException;
import io.shardgrid.failure.ShardLostException;
import io.shardgrid.route.Outcome;
import io.shardgrid.route.Router;
import io.shardgrid.trace.TraceContext;
import io.shardgrid.wire.Answer;
import io.shardgrid.wire.Operation;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells the router in front of a mirror how an operation has ended. Immutable. */
final class RouterCaller implements Outcome, Duet.Caller {

  /**
   * What stands for the failures of production's client. That its deadline passed before the
   * operation was sent means that nothing was done, as {@code UNAVAILABLE} does. What is not here
   * leaves open whether it was.
   */
  private static final Map<Class<? extends GridException>, FailureCode> CODES =
      Map.of(
          GridTimeoutException.class, FailureCode.UNAVAILABLE,
          GridUnavailableException.class, FailureCode.UNAVAILABLE,
          ShardLostException.class, FailureCode.SHARD_LOST,
          GridOverloadedException.class, FailureCode.OVERLOADED,
          GridMemoryExceededException.class, FailureCode.MEMORY_EXCEEDED,
          CodecException.class, FailureCode.VALUE_TOO_LARGE,
          GridAccessException.class, FailureCode.NO_ACCESS);

  private final @Nullable Router router;
  private final Operation operation;

  RouterCaller(@Nullable Router router, Operation operation) {
    this.router = router;
    this.operation = operation;
  }

  @Override
  public void ended(SideReply reply) {
    Answer answer = reply.answer();
    GridException failure = reply.failure();
    if (answer != null) {
      resolved(answer);
    } else if (failure != null) {
      failed(failure);
    }
  }

  @Override
  public void resolved(Answer answer) {
    if (router != null) {
      router.answered(operation.shard(), operation.seq(), answer);
    }
  }

  @Override
  public void failed(GridException failure) {
    FailureCode code = CODES.getOrDefault(failure.getClass(), FailureCode.INTERNAL);
    resolved(new Answer.Failed(code, String.valueOf(failure.getMessage())));
  }

  @Override
  public TraceContext asker() {
    TraceContext known = operation.trace();
    return known == null ? TraceContext.UNSAMPLED : known;
  }
}
