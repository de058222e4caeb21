package io.shardgrid.node.child;

import io.shardgrid.key.NodeId;
import io.shardgrid.key.PlacementEntry;
import io.shardgrid.node.cli.ClusterPage;
import io.shardgrid.wire.Topology;
import java.util.HashMap;
import java.util.Map;

/** Whether a cluster has all the copies it is to have. Stateless. */
public final class Redundancy {

  private Redundancy() {}

  /**
   * Whether every shard has its primary and all its backups.
   *
   * @param members how many there have to be
   * @param backups copies of a shard beside its primary, as configured
   */
  public static boolean isWhole(ClusterPage page, int members, int backups) {
    int wanted = Math.min(backups, members - 1);
    return page.members().size() == members
        && page.lostShards().isEmpty()
        && page.members().stream().allMatch(ClusterPage.Member::isAnswering)
        && page.members().stream().mapToInt(ClusterPage.Member::shards).sum() == page.shards()
        && page.members().stream().mapToInt(ClusterPage.Member::backups).sum()
            == page.shards() * wanted;
  }

  /** Whether it also is spread evenly over the members. */
  public static boolean isBalanced(ClusterPage page, int members, int backups) {
    int wanted = Math.min(backups, members - 1);
    return isWhole(page, members, backups)
        && page.members().stream()
            .allMatch(
                member ->
                    isShare(member.shards(), page.shards(), members)
                        && isShare(member.backups(), page.shards() * wanted, members));
  }

  /**
   * The same as a client has been told it: which costs the cluster nothing, as a report does that
   * every shard is asked for.
   */
  public static boolean isBalanced(Topology topology, int members, int backups) {
    int shards = topology.charter().shards();
    int wanted = Math.min(backups, members - 1);
    Map<NodeId, Integer> primaries = new HashMap<>();
    Map<NodeId, Integer> copies = new HashMap<>();
    for (PlacementEntry entry : topology.placement()) {
      NodeId primary = entry.primary();
      if (primary == null || entry.inSync().size() != wanted + 1) {
        return false;
      }
      primaries.merge(primary, 1, Integer::sum);
      entry.inSync().forEach(node -> copies.merge(node, 1, Integer::sum));
    }
    return topology.placement().size() == shards
        && topology.members().size() == members
        && primaries.size() == members
        && copies.size() == members
        && primaries.values().stream().allMatch(part -> isShare(part, shards, members))
        && copies.entrySet().stream()
            .allMatch(
                copy ->
                    isShare(
                        copy.getValue() - primaries.getOrDefault(copy.getKey(), 0),
                        shards * wanted,
                        members));
  }

  /** Whether a number is a fair part of a total, give or take one. */
  private static boolean isShare(int part, int total, int members) {
    return Math.abs(part - total / members) <= 1;
  }
}
