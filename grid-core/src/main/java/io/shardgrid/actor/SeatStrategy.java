package io.shardgrid.actor;

import io.shardgrid.key.NodeId;
import io.shardgrid.key.PlacementEntry;
import io.shardgrid.route.Router;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.Address;
import org.apache.pekko.cluster.ClusterEvent.CurrentClusterState;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.sharding.ShardCoordinator.AbstractShardAllocationStrategy;
import org.apache.pekko.cluster.typed.Cluster;
import org.jspecify.annotations.Nullable;
import scala.collection.immutable.IndexedSeq;
import scala.concurrent.Future;

/**
 * Tells Cluster Sharding where the seats go, from the placement only: a seat is allocated at its
 * shard's primary and moves when the primary has moved.
 *
 * <p>Answers nothing while shards move, or while a member is unreachable or on its way in or out: a
 * handoff needs every region's acknowledgement, and would hang. Thread-safe.
 */
final class SeatStrategy extends AbstractShardAllocationStrategy {

  /**
   * So many seats a round: each of their handoffs has the coordinator write all that it knows of
   * all seats to every node, twice, and none is in a hurry.
   */
  private static final int MOVES_MAX = 4;

  /**
   * So long nothing has to change: while shards move, the seats would follow them by steps that
   * every node takes part in.
   */
  private static final long REST_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final Router router;
  private final Cluster cluster;
  private final LongSupplier nanoClock;
  private final PlacementRest rest = new PlacementRest(REST_NANOS);

  SeatStrategy(Router router, Cluster cluster, LongSupplier nanoClock) {
    this.router = router;
    this.cluster = cluster;
    this.nanoClock = nanoClock;
  }

  @Override
  public Future<ActorRef> allocateShard(
      ActorRef requester, String shardId, Map<ActorRef, IndexedSeq<String>> regions) {
    ActorRef home = regionOf(primary(shardId), regions);
    return Future.successful(home == null ? fallback(requester, regions) : home);
  }

  @Override
  public Future<Set<String>> rebalance(
      Map<ActorRef, IndexedSeq<String>> regions, Set<String> rebalancing) {
    Set<String> moved = new HashSet<>();
    boolean isAtRest = rest.isAtRest(router.epoch(), nanoClock.getAsLong());
    if (isAtRest && rebalancing.isEmpty() && isSettled()) {
      regions.forEach((region, shards) -> addMoved(region, shards, regions, moved));
    }
    return Future.successful(moved);
  }

  private void addMoved(
      ActorRef region,
      IndexedSeq<String> shards,
      Map<ActorRef, IndexedSeq<String>> regions,
      Set<String> moved) {
    for (int i = 0; i < shards.length() && moved.size() < MOVES_MAX; i++) {
      ActorRef home = regionOf(primary(shards.apply(i)), regions);
      if (home != null && !home.equals(region)) {
        moved.add(shards.apply(i));
      }
    }
  }

  private static ActorRef fallback(ActorRef requester, Map<ActorRef, IndexedSeq<String>> regions) {
    return regions.containsKey(requester) ? requester : regions.keySet().iterator().next();
  }

  private @Nullable NodeId primary(String shardId) {
    PlacementEntry entry = router.placement(Integer.parseInt(shardId));
    return entry == null ? null : entry.primary();
  }

  private @Nullable ActorRef regionOf(
      @Nullable NodeId node, Map<ActorRef, IndexedSeq<String>> regions) {
    if (node == null) {
      return null;
    }
    for (ActorRef region : regions.keySet()) {
      if (addressOf(region).equals(node.address())) {
        return region;
      }
    }
    return null;
  }

  private String addressOf(ActorRef region) {
    Address address = region.path().address();
    // The own region's reference has no host.
    Address full = address.hasGlobalScope() ? address : cluster.selfMember().address();
    return full.getHost().orElse("") + ":" + full.getPort().orElse(0);
  }

  private boolean isSettled() {
    CurrentClusterState state = cluster.state();
    if (!state.getUnreachable().isEmpty()) {
      return false;
    }
    for (Member member : state.getMembers()) {
      if (!member.status().equals(MemberStatus.up())) {
        return false;
      }
    }
    return true;
  }
}
