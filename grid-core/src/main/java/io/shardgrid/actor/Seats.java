package io.shardgrid.actor;

import io.shardgrid.key.NodeId;
import io.shardgrid.key.PlacementEntry;
import io.shardgrid.route.Router;
import java.util.concurrent.atomic.AtomicLongArray;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;
import org.apache.pekko.cluster.typed.Cluster;

/**
 * This node's seats: which it has taken, and their showing through Cluster Sharding, which nothing
 * waits for.
 *
 * <p>Thread-safe.
 */
final class Seats {

  private final ActorSystem<?> system;
  private final NodeId self;
  private final Router router;
  private final AtomicLongArray taken;
  private volatile boolean isStarted;

  Seats(ActorSystem<?> system, NodeId self, Router router) {
    this.system = system;
    this.self = self;
    this.router = router;
    this.taken = new AtomicLongArray(router.shards());
  }

  /** The seat that this node took last in a shard. */
  long taken(int shard) {
    return taken.get(shard);
  }

  /** Takes part in Cluster Sharding from now on. */
  synchronized void start() {
    if (isStarted) {
      return;
    }
    ClusterSharding.get(system)
        .init(
            Entity.of(
                    ShardSeat.TYPE,
                    entity ->
                        ShardSeat.create(Integer.parseInt(entity.getEntityId()), self, router))
                .withMessageExtractor(new ShardSeat.ByNumber())
                .withStopMessage(new ShardSeat.Leave())
                .withRole(Membership.GRID_ROLE)
                .withAllocationStrategy(
                    new SeatStrategy(router, Cluster.get(system), System::nanoTime)));
    isStarted = true;
  }

  /** A shard of this node acts in a new seat. */
  void take(PlacementEntry entry) {
    taken.set(entry.shard(), entry.seat());
    if (isStarted) {
      announce(entry);
    }
  }

  /** Announces all seats that this node has. */
  void announceAll() {
    for (int shard = 0; shard < router.shards(); shard++) {
      PlacementEntry entry = router.placement(shard);
      if (entry != null && entry.seat() == taken.get(shard)) {
        announce(entry);
      }
    }
  }

  private void announce(PlacementEntry entry) {
    ClusterSharding.get(system)
        .entityRefFor(ShardSeat.TYPE, Integer.toString(entry.shard()))
        .tell(new ShardSeat.Announced(entry));
  }
}
