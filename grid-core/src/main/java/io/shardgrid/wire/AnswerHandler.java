package io.shardgrid.wire;

/** Takes the answers that are read from the wire, with the names of their operations. */
@FunctionalInterface
public interface AnswerHandler {

  /** The answer to operation {@code seq} of this client and shard. */
  void answered(int shard, long client, long seq, Answer answer);
}
