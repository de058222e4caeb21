package io.shardgrid.route;

import io.shardgrid.key.NodeId;
import io.shardgrid.key.PlacementEntry;
import io.shardgrid.wire.Answer;
import io.shardgrid.wire.Request;
import org.jspecify.annotations.Nullable;

/**
 * Has reads answered at once whose shard is in this process and idle, as long as nothing of this
 * router is under way there. Then none of its operations can come before or behind them in the
 * wrong order: so they need no number, no place among what waits, and no deadline. Thread-safe.
 */
final class LocalReads {

  private final Transport transport;

  LocalReads(Transport transport) {
    this.transport = transport;
  }

  /**
   * Answers a request, unless it has to go the way of all operations.
   *
   * @return whether the outcome was told
   */
  boolean answer(ShardRoute route, String map, Request request, Outcome outcome) {
    // Who reads a shard out is known to it by its number.
    boolean hasToBeNamed = request.kind().isWrite() || request.kind() == Request.Kind.EXPORT;
    PlacementEntry placement = hasToBeNamed ? null : quietPlacement(route);
    NodeId primary = placement == null ? null : placement.primary();
    if (placement == null || primary == null || !transport.isLocal(primary)) {
      return false;
    }
    Answer answer = transport.read(map, route.shard, request, placement.epoch());
    if (answer != null) {
      outcome.resolved(answer);
    }
    return answer != null;
  }

  private static @Nullable PlacementEntry quietPlacement(ShardRoute route) {
    synchronized (route) {
      return route.isIdle() ? route.placement() : null;
    }
  }
}
