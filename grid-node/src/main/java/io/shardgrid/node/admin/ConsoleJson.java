package io.shardgrid.node.admin;

import io.shardgrid.autoscale.AutoscaleReport;
import io.shardgrid.key.MemberView;
import io.shardgrid.key.MigrationReport;
import io.shardgrid.key.NodeId;
import io.shardgrid.key.PlacementEntry;
import io.shardgrid.node.access.GridAccess;
import io.shardgrid.sight.ClusterSight;
import io.shardgrid.sight.MapSight;
import io.shardgrid.sight.NodeSight;
import io.shardgrid.sight.ShardSight;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a page of the console is told, field by field. Immutable. What nobody knows is null; members
 * are named by their place in {@code members}.
 *
 * @param placement for each shard its members, the primary first; none for one that is lost, null
 *     for one that is not placed
 * @param shards for each shard entries, bytes and operations a second; null where nobody tells
 * @param readsSeconds the time that the hit rates of maps are of; 0 if nobody counts reads
 * @param stores behind maps, by their names; none if no map has one
 * @param rules by name
 * @param drills whether drills can be started on this node
 * @param readsWithout members whose reads are missing in them
 */
record ConsoleJson(
    String at,
    String cluster,
    String node,
    int backups,
    HealthJson health,
    List<Member> members,
    List<@Nullable List<Integer>> placement,
    List<long @Nullable []> shards,
    List<MapLine> maps,
    int mapsLeftOff,
    int readsSeconds,
    List<String> readsWithout,
    List<Hot> hotKeys,
    List<StoreLine> stores,
    List<RuleLine> rules,
    @Nullable MigrationsJson moves,
    @Nullable AutoscaleJson autoscale,
    boolean drills) {

  private static final int MAPS_MAX = 64;
  private static final int HOT_MAX = 16;
  private static final int MOVES_MAX = 48;

  /** A member; what it has not told is null. */
  record Member(
      String name,
      String id,
      String host,
      int respPort,
      int httpPort,
      String zone,
      int weight,
      String standing,
      @Nullable Does does) {}

  /** What a member holds and does. */
  record Does(
      long uptimeMillis,
      double operationsPerSecond,
      @Nullable Double middleMillis,
      @Nullable Double slowMillis,
      @Nullable Double busy,
      NodeSight.Holds holds) {}

  /** A map, and of the keys that were read of late the share that had an entry. */
  record MapLine(String name, long entries, long bytes, @Nullable Double hitRate) {}

  /** A key that is asked for often. */
  record Hot(
      String map,
      String key,
      boolean text,
      boolean whole,
      int shard,
      @Nullable Integer member,
      double perSecond,
      double errorPerSecond) {}

  static ConsoleJson of(
      GridAccess grid,
      ClusterSight sight,
      @Nullable AutoscaleReport autoscale,
      Instant now,
      boolean drills) {
    List<ClusterSight.Seen> seen =
        sight.members().stream()
            .sorted(
                Comparator.comparing((ClusterSight.Seen one) -> one.member().name())
                    .thenComparing(one -> one.member().id()))
            .toList();
    Map<NodeId, Integer> places = new HashMap<>();
    for (int place = 0; place < seen.size(); place++) {
      places.put(seen.get(place).member().id(), place);
    }
    List<NodeSight> nodes =
        seen.stream().map(ClusterSight.Seen::sight).filter(Objects::nonNull).toList();
    MemberNames names = MemberNames.of(grid);
    int shards = sight.charter().shards();
    ClusterReads reads = ClusterReads.of(sight);
    List<MapLine> maps = maps(nodes, reads);
    return new ConsoleJson(
        now.toString(),
        sight.charter().cluster(),
        names.nameOf(grid.self()),
        sight.charter().backups(),
        HealthJson.of(sight.health()),
        seen.stream().map(ConsoleJson::memberOf).toList(),
        placement(sight.placement(), shards, places),
        figures(nodes, shards),
        maps.subList(0, Math.min(MAPS_MAX, maps.size())),
        nodes.stream().mapToInt(NodeSight::mapsLeftOff).max().orElse(0)
            + Math.max(0, maps.size() - MAPS_MAX),
        reads.seconds(),
        reads.without(),
        hot(nodes, places),
        StoreLine.of(nodes, places),
        RuleLine.of(nodes, places),
        sight.moves() == null ? null : moves(grid, sight.moves()),
        autoscale == null ? null : AutoscaleJson.of(names, autoscale, now),
        drills);
  }

  private static Member memberOf(ClusterSight.Seen seen) {
    MemberView view = seen.member();
    NodeSight sight = seen.sight();
    return new Member(
        view.name(),
        view.id().toString(),
        view.id().host(),
        view.respPort(),
        view.httpPort(),
        view.zone(),
        view.weight(),
        view.standing().name().toLowerCase(Locale.ROOT),
        sight == null ? null : doesOf(sight));
  }

  private static Does doesOf(NodeSight sight) {
    return new Does(
        sight.uptimeMillis(),
        rounded(sight.operationsPerSecond()),
        millis(sight.latency().middleNanos()),
        millis(sight.latency().slowNanos()),
        sight.effort().millis() == 0 ? null : sight.effort().busy(),
        sight.holds());
  }

  private static List<@Nullable List<Integer>> placement(
      List<PlacementEntry> entries, int shards, Map<NodeId, Integer> places) {
    List<@Nullable List<Integer>> placement = new ArrayList<>();
    for (int shard = 0; shard < shards; shard++) {
      placement.add(null);
    }
    for (PlacementEntry entry : entries) {
      List<Integer> holders = new ArrayList<>();
      Integer primary = places.get(entry.primary());
      if (primary != null) {
        holders.add(primary);
      }
      for (NodeId node : entry.inSync()) {
        Integer place = places.get(node);
        if (place != null && !node.equals(entry.primary())) {
          holders.add(place);
        }
      }
      placement.set(entry.shard(), holders);
    }
    return placement;
  }

  private static List<long @Nullable []> figures(List<NodeSight> nodes, int shards) {
    long[][] figures = new long[shards][];
    for (NodeSight node : nodes) {
      for (ShardSight shard : node.shards()) {
        figures[shard.shard()] =
            new long[] {
              shard.entries(), shard.liveBytes(), Math.round(shard.operationsPerSecond())
            };
      }
    }
    return Arrays.asList(figures);
  }

  private static List<MapLine> maps(List<NodeSight> nodes, ClusterReads reads) {
    Map<String, MapSight> maps = new HashMap<>();
    nodes.forEach(node -> node.maps().forEach(map -> maps.merge(map.map(), map, MapSight::plus)));
    return maps.values().stream()
        .sorted(Comparator.comparingLong(MapSight::liveBytes).reversed())
        .map(
            map -> new MapLine(map.map(), map.entries(), map.liveBytes(), reads.hitRate(map.map())))
        .toList();
  }

  private static List<Hot> hot(List<NodeSight> nodes, Map<NodeId, Integer> places) {
    List<Hot> all = new ArrayList<>();
    for (NodeSight node : nodes) {
      for (NodeSight.HotSpot spot : node.hotKeys()) {
        all.add(
            new Hot(
                spot.key().map(),
                spot.key().key(),
                spot.key().text(),
                spot.key().whole(),
                spot.shard(),
                places.get(node.node()),
                rounded(spot.perSecond()),
                rounded(spot.errorPerSecond())));
      }
    }
    all.sort(Comparator.comparingDouble(Hot::perSecond).reversed());
    return List.copyOf(all.subList(0, Math.min(HOT_MAX, all.size())));
  }

  private static MigrationsJson moves(GridAccess grid, MigrationReport report) {
    MigrationsJson all = MigrationsJson.of(grid, report);
    List<MigrationsJson.Move> moves = all.moves();
    return new MigrationsJson(
        all.paused(),
        all.totals(),
        moves.subList(0, Math.min(MOVES_MAX, moves.size())),
        all.paces());
  }

  private static @Nullable Double millis(long nanos) {
    return nanos == 0 ? null : nanos / 1e6;
  }

  static double rounded(double rate) {
    return Math.round(rate * 10) / 10.0;
  }
}
