package io.shardgrid.route;

import io.shardgrid.failure.GridException;
import io.shardgrid.wire.Answer;

/**
 * Takes how an operation ended; exactly one call, on any thread, within a shard's turn or on an
 * event loop too: it must be quick, never block, and run no code of users.
 */
public interface Outcome {

  /** A result, or the shard's own failure ({@link Answer.Failed}); never a refusal. */
  void resolved(Answer answer);

  /** The operation could not be brought to an end. */
  void failed(GridException failure);
}
