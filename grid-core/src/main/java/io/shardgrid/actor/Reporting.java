package io.shardgrid.actor;

import io.shardgrid.key.Charter;
import io.shardgrid.key.ClusterReport;
import io.shardgrid.key.ClusterReport.MemberReport;
import io.shardgrid.key.MemberView;
import io.shardgrid.key.NodeId;
import io.shardgrid.key.PlacementEntry;
import io.shardgrid.route.Router;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.jspecify.annotations.Nullable;

/** Asks the members what they hold; one that does not answer in time is reported as such. */
final class Reporting {

  private final ActorSystem<?> system;
  private final Reach reach;
  private final Duration timeout;

  Reporting(ActorSystem<?> system, Reach reach, Duration timeout) {
    this.system = system;
    this.reach = reach;
    this.timeout = timeout;
  }

  CompletionStage<ClusterReport> report(Charter charter, Router router, List<MemberView> members) {
    List<CompletableFuture<MemberReport>> loads = new ArrayList<>();
    for (MemberView member : members) {
      loads.add(
          AskPattern.ask(
                  reach.host(member.id()), ShardHost.AskLoad::new, timeout, system.scheduler())
              .handle((load, failure) -> line(member, load))
              .toCompletableFuture());
    }
    return CompletableFuture.allOf(loads.toArray(CompletableFuture[]::new))
        .thenApply(
            done ->
                new ClusterReport(
                    charter, loads.stream().map(CompletableFuture::join).toList(), lost(router)));
  }

  private static MemberReport line(MemberView member, ShardHost.@Nullable Load load) {
    return load == null
        ? new MemberReport(member, false, 0, 0, 0, 0, 0, ClusterReport.Work.UNKNOWN)
        : new MemberReport(
            member.withWeight(load.weight()),
            true,
            load.primaries(),
            load.backups(),
            load.entries(),
            load.liveBytes(),
            load.reservedBytes(),
            new ClusterReport.Work(load.operations(), load.latency(), load.uncommitted()));
  }

  /** The shards whose last copy is gone, as this node knows. */
  static List<Integer> lost(Router router) {
    List<Integer> lost = new ArrayList<>();
    for (int shard = 0; shard < router.shards(); shard++) {
      PlacementEntry entry = router.placement(shard);
      if (entry != null && entry.isLost()) {
        lost.add(shard);
      }
    }
    return lost;
  }

  /** In how many shards' in-sync sets a node is, as this node knows. */
  static int shardsOf(Router router, NodeId node) {
    int count = 0;
    for (int shard = 0; shard < router.shards(); shard++) {
      PlacementEntry entry = router.placement(shard);
      count += entry != null && entry.inSync().contains(node) ? 1 : 0;
    }
    return count;
  }

  /** Whether a node has the only copy of a shard, as this node knows. */
  static boolean hasOnlyCopies(Router router, NodeId node) {
    for (int shard = 0; shard < router.shards(); shard++) {
      PlacementEntry entry = router.placement(shard);
      if (entry != null && entry.inSync().equals(List.of(node))) {
        return true;
      }
    }
    return false;
  }
}
