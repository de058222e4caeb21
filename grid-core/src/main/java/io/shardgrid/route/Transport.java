package io.shardgrid.route;

import io.shardgrid.key.NodeId;
import io.shardgrid.wire.Answer;
import io.shardgrid.wire.Operation;
import io.shardgrid.wire.Request;
import org.jspecify.annotations.Nullable;

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
   * Carries a request to a shard of this process out at once, on this thread, if nothing is in its
   * way: a read, or a write that nobody else has to be told of.
   *
   * @param minEpoch the epoch of the placement by which it is asked
   * @return null if it has to go the way of all operations; nothing was done then
   */
  default @Nullable Answer atOnce(String map, int shard, Request request, long minEpoch) {
    return null;
  }

  /**
   * Hands an operation to the open way to a node. It does not call the router back.
   *
   * @return false if there is no open way or it is full now; nothing was sent then
   */
  boolean send(NodeId node, Operation operation);
}
