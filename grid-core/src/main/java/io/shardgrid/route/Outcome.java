package io.shardgrid.route;

import io.shardgrid.failure.GridException;
import io.shardgrid.trace.TraceContext;
import io.shardgrid.wire.Answer;
import org.jspecify.annotations.Nullable;

/**
 * Takes how an operation ended; exactly one call, on any thread, within a shard's turn or on an
 * event loop too: it must be quick, never block, and run no code of users.
 */
public interface Outcome {

  /** A result, or the shard's own failure ({@link Answer.Failed}); never a refusal. */
  void resolved(Answer answer);

  /** The operation could not be brought to an end. */
  void failed(GridException failure);

  /**
   * The span that asks; {@link TraceContext#UNSAMPLED} if the operation is not followed. Null if
   * nobody has decided about that: then the router does.
   */
  default @Nullable TraceContext asker() {
    return null;
  }
}
