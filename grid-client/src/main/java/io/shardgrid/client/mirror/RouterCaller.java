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

/**
 * Tells the router in front of a mirror how an operation has ended, but not before it was handed to
 * both clusters. Thread-safe.
 */
final class RouterCaller implements Outcome, Duet.Caller {

  /*
   * A cluster may answer within the call that asks it. Told at once, the router would take the
   * hand-over for done: another thread, or whatever the answer sets off on this one, could have the
   * next operation of the shard sent to both clusters before this one's copy, and the canary would
   * carry the two out in the other order. So what ends within the hand-over is told behind it. An
   * answer that another thread brings is told at once: the hand-over goes on meanwhile, and the
   * router leaves what is next to the thread that does it.
   */

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

  /** The thread that hands the operation over, until it has; it alone can find itself here. */
  private @Nullable Thread handing = Thread.currentThread();

  /** The answer that came within the hand-over; confined to that thread. */
  private @Nullable Answer early;

  /** One for an operation that this thread hands over now. */
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
    if (handing == Thread.currentThread()) {
      early = answer;
    } else {
      tell(answer);
    }
  }

  /** The operation was handed to both clusters. Called once, by the thread that did it. */
  void handedOver() {
    handing = null;
    if (early != null) {
      tell(early);
    }
  }

  private void tell(Answer answer) {
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
