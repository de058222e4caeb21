package io.shardgrid.node.access;

import io.shardgrid.health.Chronicle;
import io.shardgrid.health.Health;
import io.shardgrid.health.HealthFacts;
import io.shardgrid.key.Charter;
import io.shardgrid.key.Latency;
import io.shardgrid.key.MemberView;
import io.shardgrid.key.NodeId;
import io.shardgrid.key.PlacementEntry;
import io.shardgrid.route.Router;
import io.shardgrid.sight.ClusterSight;
import io.shardgrid.sight.HotKey;
import io.shardgrid.sight.MapReads;
import io.shardgrid.sight.MapSight;
import io.shardgrid.sight.NodeSight;
import io.shardgrid.sight.RuleSight;
import io.shardgrid.sight.ShardSight;
import io.shardgrid.sight.StoreSight;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A cluster as one of its nodes sees it, with figures that can be told apart. Without state. */
public final class SampleSight {

  private static final Instant SINCE = Instant.parse("2026-11-29T20:00:00Z");

  private SampleSight() {}

  /** Members of which only this node answers; nothing moves. */
  public static ClusterSight of(
      Charter charter, Router router, List<MemberView> members, NodeId self) {
    List<PlacementEntry> placement = new ArrayList<>();
    List<Integer> lost = new ArrayList<>();
    for (int shard = 0; shard < router.shards(); shard++) {
      PlacementEntry entry = router.placement(shard);
      if (entry != null) {
        placement.add(entry);
        if (entry.isLost()) {
          lost.add(shard);
        }
      }
    }
    List<ClusterSight.Seen> seen =
        members.stream()
            .map(
                member ->
                    new ClusterSight.Seen(member, member.id().equals(self) ? node(self) : null))
            .toList();
    Health health =
        Health.of(
            new HealthFacts(
                new HealthFacts.Shards(
                    charter.shards(), charter.backups() + 1, 0, List.copyOf(lost), 0),
                seen.stream()
                    .map(one -> new HealthFacts.Member(one.member(), one.sight() != null))
                    .toList(),
                new HealthFacts.Moves(0, 0, false, 0),
                List.of()));
    return new ClusterSight(
        charter, health, seen, placement, SampleMoves.report(self, self, false), measured());
  }

  private static Chronicle.Summary measured() {
    return new Chronicle.Summary(
        SINCE,
        List.of(
            new Chronicle.Span(Chronicle.Kind.RECOVERY, "again", SINCE, Duration.ofMillis(4_500))),
        null,
        1,
        0,
        1);
  }

  private static NodeSight node(NodeId self) {
    return new NodeSight(
        self,
        1,
        90_000,
        1_234.5,
        new Latency(800_000, 2_500_000),
        new NodeSight.Holds(16, 0, 0, 1_000, 64_000, 1_000, 64_000, 131_072, 1 << 30),
        new NodeSight.Effort(60_000, 100_000, 6_000_000_000L, 2),
        List.of(new ShardSight(3, 10, 640, 99)),
        List.of(new MapSight("cities", 1_000, 64_000)),
        0,
        new NodeSight.Reads(58_000, List.of(new MapReads("cities", 75, 25))),
        List.of(
            new NodeSight.HotSpot(3, new HotKey("cities", "kyoto", true, true, 0.5, 0.1), 50, 5)),
        List.of(
            new StoreSight(
                "cities",
                "behind",
                500,
                StoreSight.Breaker.HALF_OPEN,
                2,
                new StoreSight.Behind(30, 4_000, 12_000),
                new StoreSight.Calls(7, 8, 9, 1, 2),
                new StoreSight.Counts(1_000, 20, 40, 50, 60, 900, 3, 4),
                new StoreSight.Pool(9, 13),
                12.34)),
        List.of(
            new RuleSight(
                "fraud",
                "ab".repeat(32),
                1_700_000_000_000L,
                RuleSight.Standing.QUARANTINED,
                "10 of the last 10 calls failed",
                List.of("spend"),
                1,
                100,
                10,
                5.55)));
  }
}
