package io.shardgrid.node.admin;

import io.shardgrid.key.Epoch;
import io.shardgrid.key.NodeId;
import io.shardgrid.key.PlacementEntry;
import io.shardgrid.node.access.GridAccess;
import io.shardgrid.wire.Answer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code GET /shards} replies, field by field. Immutable.
 *
 * @param node name of the member that answers
 * @param shards how many the cluster has
 * @param next where to read on, as parameter {@code from}; null if there are no more
 * @param list by number
 */
record ShardsJson(
    String cluster, String node, int shards, @Nullable Integer next, List<ShardJson> list) {

  /**
   * One shard. What its primary says is null if that does not answer.
   *
   * @param primary name of its member; null if it has none
   * @param backups names of the other members of its in-sync set
   * @param lost whether its last copy is gone
   * @param epoch of its placement, readable
   * @param sequence number of its last write
   */
  record ShardJson(
      int shard,
      @Nullable String primary,
      List<String> backups,
      boolean lost,
      @Nullable String epoch,
      @Nullable Long sequence,
      @Nullable Integer maps,
      @Nullable Long entries,
      @Nullable Long bytes,
      @Nullable Long reservedBytes) {}

  /** Those that were asked. */
  static ShardsJson of(GridAccess grid, Holdings holdings) {
    MemberNames names = MemberNames.of(grid);
    List<ShardJson> list = new ArrayList<>();
    int shard = holdings.first();
    for (Answer.Description held : holdings.shards()) {
      list.add(of(shard, grid.router().placement(shard), held, names));
      shard++;
    }
    int shards = grid.charter().shards();
    return new ShardsJson(
        grid.charter().cluster(),
        names.nameOf(grid.self()),
        shards,
        shard < shards ? shard : null,
        list);
  }

  private static ShardJson of(
      int shard,
      @Nullable PlacementEntry entry,
      Answer.@Nullable Description held,
      MemberNames names) {
    NodeId primary = entry == null ? null : entry.primary();
    List<String> backups =
        entry == null
            ? List.of()
            : entry.inSync().stream()
                .filter(node -> !node.equals(primary))
                .map(names::nameOf)
                .toList();
    String name = names.nameOrNull(primary);
    boolean isLost = entry != null && entry.isLost();
    String epoch = entry == null ? null : Epoch.format(entry.epoch());
    if (held == null) {
      return new ShardJson(shard, name, backups, isLost, epoch, null, null, null, null, null);
    }
    List<Answer.MapLine> maps = held.maps();
    return new ShardJson(
        shard,
        name,
        backups,
        isLost,
        epoch,
        held.sequence(),
        maps.size(),
        maps.stream().mapToLong(Answer.MapLine::entries).sum(),
        maps.stream().mapToLong(Answer.MapLine::liveBytes).sum(),
        maps.stream().mapToLong(Answer.MapLine::reservedBytes).sum());
  }
}
