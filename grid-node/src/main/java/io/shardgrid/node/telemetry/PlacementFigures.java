package io.shardgrid.node.telemetry;

import io.shardgrid.key.PlacementEntry;
import io.shardgrid.node.access.GridAccess;
import io.shardgrid.node.access.ServerFigure;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.ToIntFunction;

/** What a node knows of its cluster: whether all is there that should be. Stateless. */
final class PlacementFigures {

  private PlacementFigures() {}

  /** All of them; each is reckoned when it is read, in O(shards) at most. */
  static List<ServerFigure> of(GridAccess grid) {
    return List.of(
        gauge("ready", "1 if the node serves", () -> grid.readiness().isReady() ? 1 : 0),
        gauge(
            "members", "Members of the cluster that this node knows", () -> grid.members().size()),
        gauge("placement.shards", "Shards of the cluster", () -> grid.charter().shards()),
        gauge(
            "placement.lost.shards",
            "Shards without a copy, as this node knows",
            () -> sum(grid, entry -> entry.isLost() ? 1 : 0)),
        gauge(
            "placement.missing.backups",
            "Backups that shards should have and have not, as this node knows; lost shards aside",
            () -> sum(grid, entry -> missing(entry, grid.charter().backups()))));
  }

  private static int missing(PlacementEntry entry, int backups) {
    return entry.isLost() ? 0 : Math.max(0, backups + 1 - entry.inSync().size());
  }

  private static long sum(GridAccess grid, ToIntFunction<PlacementEntry> part) {
    long sum = 0;
    for (int shard = 0; shard < grid.charter().shards(); shard++) {
      PlacementEntry entry = grid.router().placement(shard);
      sum += entry == null ? 0 : part.applyAsInt(entry);
    }
    return sum;
  }

  private static ServerFigure gauge(String name, String help, LongSupplier value) {
    return new ServerFigure(name, help, null, false, Map.of(), value);
  }
}
