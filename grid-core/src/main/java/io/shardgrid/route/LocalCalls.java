package io.shardgrid.route;

import io.shardgrid.key.NodeId;
import io.shardgrid.key.PlacementEntry;
import io.shardgrid.wire.Answer;
import io.shardgrid.wire.Request;

/**
 * Has operations answered at once whose shard is in this process and idle, as long as nothing of
 * this router is under way there. Then none of its operations can come before or behind them in the
 * wrong order, and none is answered later: so they need no number, no place among what waits, and
 * no deadline. Thread-safe.
 */
final class LocalCalls {

  private final Transport transport;
  private final long requestBytesMax;

  LocalCalls(Transport transport, long requestBytesMax) {
    this.transport = transport;
    this.requestBytesMax = requestBytesMax;
  }

  /**
   * Answers a request, unless it has to go the way of all operations.
   *
   * @return whether the outcome was told
   */
  boolean answer(ShardRoute route, String map, Request request, Outcome outcome) {
    // Who reads a shard out is known to it by its number, and a rule is waited for.
    if (request.kind() == Request.Kind.EXPORT || request.kind() == Request.Kind.INVOKE) {
      return false;
    }
    PlacementEntry placement = route.quietPlacement();
    NodeId primary = placement == null ? null : placement.primary();
    if (placement == null || primary == null || !transport.isLocal(primary)) {
      return false;
    }
    if (request.kind().isWrite() && !isToBeTried(route, placement, request)) {
      return false;
    }
    Answer answer = transport.atOnce(map, route.shard, request, placement.epoch());
    if (answer != null) {
      outcome.resolved(answer);
    }
    return answer != null;
  }

  /** Whether the primary may make a write at once: that nobody else has to have it, it sees. */
  private boolean isToBeTried(ShardRoute route, PlacementEntry placement, Request request) {
    return placement.inSync().size() == 1
        && !route.isInDoubt()
        && RequestBytes.of(request) <= requestBytesMax;
  }
}
