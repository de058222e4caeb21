package io.shardgrid.net;

import io.shardgrid.key.NodeId;
import io.shardgrid.wire.Answer;
import io.shardgrid.wire.AnswerSink;
import io.shardgrid.wire.Operation;
import io.shardgrid.wire.replica.ReplicaMessage;

/** Is told what comes by the peer links. Called on event loops: must be quick and not block. */
public interface PeerListener {

  /** The link to this node is open: operations may be sent. */
  void opened(NodeId node);

  /**
   * The link to this node is closed; operations that were sent and not answered may or may not have
   * arrived. Called once for each change: when an open link is lost, and again with {@code refused}
   * when the attempt to open it anew shows that the node is gone.
   *
   * @param refused whether its port refused the connection, or another incarnation answered there:
   *     evidence of a crash
   */
  void closed(NodeId node, boolean refused);

  /** The link to this node has room again for operations, of which it has refused some. */
  default void ready(NodeId node) {}

  /**
   * An operation has come.
   *
   * @param back takes its answer, by any thread, at once or later
   */
  void operation(NodeId from, Operation operation, AnswerSink back);

  /** A message to the replica of its shard has come. Those of one lane keep their order. */
  void replica(NodeId from, ReplicaMessage message);

  /** An answer has come, to an operation that was sent from here. */
  void answered(int shard, long client, long seq, Answer answer);

  /** Items that came together are handed over from here on, until {@link #batchEnd}. */
  default void batchBegin() {}

  /** The last of them has been. */
  default void batchEnd() {}
}
