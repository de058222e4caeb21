package io.shardgrid.wire;

/** Takes the answers to operations. Called within a shard's turn: must be quick and not block. */
@FunctionalInterface
public interface AnswerSink {

  /** The answer to {@code operation}, exactly one for each time it was handed over. */
  void answered(Operation operation, Answer answer);
}
