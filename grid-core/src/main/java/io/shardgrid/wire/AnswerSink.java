package io.shardgrid.wire;

import io.shardgrid.key.NodeId;
import org.jspecify.annotations.Nullable;

/** Takes the answers to operations. Called within a shard's turn: must be quick and not block. */
@FunctionalInterface
public interface AnswerSink {

  /** The answer to {@code operation}: at most one for each time it was handed over. */
  void answered(Operation operation, Answer answer);

  /** The node that the operation came from; null if it was asked for in this process. */
  default @Nullable NodeId node() {
    return null;
  }

  /**
   * No answer comes for one time {@code operation} was handed over: nobody waits for it any more,
   * or it comes again to another node. Every hand-over ends in one of the two, unless the process
   * that it was made to ends.
   */
  default void dropped(Operation operation) {}
}
