package io.shardgrid.placement;

import io.shardgrid.key.Epoch;
import io.shardgrid.key.MemberView;
import io.shardgrid.key.MemberView.Standing;
import io.shardgrid.key.NodeId;
import io.shardgrid.key.PlacementEntry;
import io.shardgrid.placement.ReplicaPlanner.Goal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Plans for clusters that are far larger than any that a test starts, and what to say of them. */
final class LargePlan {

  private static final int VIRTUAL_NODES = 128;
  private static final int COPIES = 2;
  private static final int PORT = 10_171;

  private LargePlan() {}

  /**
   * What lies between two placements, or a placement and a plan.
   *
   * @param copied replicas that are made on a node that had none of the shard
   * @param switched primaries that are others
   */
  record Difference(int copied, int switched) {}

  /** How evenly something is shared out: the least and the most that a node has. */
  record Spread(int least, int most) {}

  /** Nodes of the same weight, so many and in so many zones, by turns. */
  static List<MemberView> members(int count, int zones, long seed) {
    Random random = new Random(seed);
    List<MemberView> members = new ArrayList<>();
    for (int number = 0; number < count; number++) {
      members.add(member(number, zones, random.nextLong()));
    }
    return members;
  }

  static MemberView member(int number, int zones, long uid) {
    NodeId id = new NodeId("10.0.%d.%d".formatted(number / 256, number % 256), PORT, uid);
    String name = "node-%04d".formatted(number);
    return new MemberView(
        id, name, "zone-" + number % zones, 1, PORT - 1_000, 7_171, 8_171, Standing.UP);
  }

  static List<Goal> plan(int shards, PlacementTable current, List<MemberView> members) {
    Set<NodeId> takers = members.stream().map(MemberView::id).collect(Collectors.toSet());
    return new ReplicaPlanner(shards, COPIES, VIRTUAL_NODES).plan(current, members, takers);
  }

  /** The placement when all goals are reached. */
  static PlacementTable placed(List<Goal> goals) {
    PlacementTable table = new PlacementTable();
    for (Goal goal : goals) {
      long epoch = Epoch.of(1, goal.shard() + 1);
      table.merge(
          new PlacementEntry(
              goal.shard(), epoch, epoch, Epoch.NONE, goal.primary(), goal.replicas()));
    }
    return table;
  }

  /** The placement without a node that is gone, before anything was planned anew. */
  static PlacementTable without(NodeId gone, PlacementTable table) {
    PlacementTable left = new PlacementTable();
    for (PlacementEntry entry : table.entries()) {
      List<NodeId> inSync = entry.inSync().stream().filter(node -> !node.equals(gone)).toList();
      NodeId primary = gone.equals(entry.primary()) ? inSync.get(0) : entry.primary();
      left.merge(
          new PlacementEntry(
              entry.shard(), entry.epoch(), entry.seat(), entry.prevSeat(), primary, inSync));
    }
    return left;
  }

  static Difference difference(PlacementTable before, List<Goal> goals) {
    int copied = 0;
    int switched = 0;
    for (Goal goal : goals) {
      PlacementEntry entry = before.entry(goal.shard());
      Set<NodeId> added = new HashSet<>(goal.replicas());
      if (entry != null) {
        added.removeAll(entry.inSync());
        switched += goal.primary().equals(entry.primary()) ? 0 : 1;
      }
      copied += added.size();
    }
    return new Difference(copied, switched);
  }

  static Spread replicas(List<Goal> goals, Collection<MemberView> members) {
    Map<NodeId, Integer> counts = zeros(members);
    goals.forEach(goal -> goal.replicas().forEach(node -> counts.merge(node, 1, Integer::sum)));
    return spread(counts);
  }

  static Spread primaries(List<Goal> goals, Collection<MemberView> members) {
    Map<NodeId, Integer> counts = zeros(members);
    goals.forEach(goal -> counts.merge(goal.primary(), 1, Integer::sum));
    return spread(counts);
  }

  /** How many shards have two replicas in one zone. */
  static long sharingAZone(List<Goal> goals, Collection<MemberView> members) {
    Map<NodeId, String> zones =
        members.stream().collect(Collectors.toMap(MemberView::id, MemberView::zone));
    return goals.stream()
        .filter(
            goal ->
                goal.replicas().stream().map(zones::get).distinct().count()
                    < goal.replicas().size())
        .count();
  }

  private static Map<NodeId, Integer> zeros(Collection<MemberView> members) {
    Map<NodeId, Integer> counts = new TreeMap<>();
    members.forEach(member -> counts.put(member.id(), 0));
    return counts;
  }

  private static Spread spread(Map<NodeId, Integer> counts) {
    return new Spread(Collections.min(counts.values()), Collections.max(counts.values()));
  }
}
