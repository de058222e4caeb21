package io.shardgrid.route;

import io.shardgrid.key.NodeId;
import io.shardgrid.wire.Operation;

/** Carries operations from a router to the nodes. Thread-safe; never blocks, never calls users. */
public interface Transport {

  /** Whether the shards of this node are in this process. */
  boolean isLocal(NodeId node);

  /**
   * Hands an operation to a shard of this process. May carry it out at once, on this thread, and
   * call {@link Router#answered} before it returns.
   */
  void execute(Operation operation);

  /**
   * Hands an operation to the open way to a node. It does not call the router back.
   *
   * @return false if there is no open way or it is full now; nothing was sent then
   */
  boolean send(NodeId node, Operation operation);
}
