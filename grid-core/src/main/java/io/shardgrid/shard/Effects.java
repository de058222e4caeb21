package io.shardgrid.shard;

import io.shardgrid.key.NodeId;
import io.shardgrid.key.PlacementEntry;
import io.shardgrid.wire.Answer;
import io.shardgrid.wire.AnswerSink;
import io.shardgrid.wire.Operation;

/**
 * Carries out what a {@link Replica} decides, in the order of the calls. Must not call the replica.
 */
public interface Effects {

  /** Answers an operation. */
  void answer(Operation operation, AnswerSink to, Answer answer);

  /** Sends a yield to the node that is named now; sent again at each tick until acknowledged. */
  void yieldTo(NodeId to, Yield yield);

  /** Tells the sender of a yield that the seat it was for, or a later one, was taken. */
  void acknowledge(NodeId to, Yield yield);

  /**
   * Tells the authority, once a seat, that this replica misses data up to {@code length}, which
   * {@code holder} has.
   */
  void cannotTake(PlacementEntry entry, NodeId holder, long length);

  /** Tells the authority that this replica acts in the entry's seat. */
  void taken(PlacementEntry entry);
}
