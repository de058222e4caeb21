package io.shardgrid.placement;

import io.shardgrid.figures.Effort;
import io.shardgrid.figures.MarkdownTable;
import io.shardgrid.key.MemberView;
import io.shardgrid.key.NodeId;
import io.shardgrid.placement.LargePlan.Difference;
import io.shardgrid.placement.LargePlan.Spread;
import io.shardgrid.placement.ReplicaPlanner.Goal;
import java.util.ArrayList;
import java.util.List;

/** What a plan costs in a large cluster, and how much it moves. */
public final class PlanScale {

  private static final long SEED = 1;
  private static final int ZONES = 3;

  private final int shards;
  private final int rounds;
  private final MarkdownTable table =
      new MarkdownTable(
          "plan", "CPU time", "allocated", "copies", "switches", "replicas a node", "primaries");

  private PlanScale(int shards, int rounds) {
    this.shards = shards;
    this.rounds = rounds;
  }

  /** Plans for so many nodes and shards, two copies each. */
  public static MarkdownTable measure(int nodes, int shards, int rounds) {
    PlanScale scale = new PlanScale(shards, rounds);
    scale.measure(nodes, 1);
    scale.measure(nodes, ZONES);
    return scale.table;
  }

  private void measure(int nodes, int zones) {
    List<MemberView> members = LargePlan.members(nodes, zones, SEED);
    String where = zones == 1 ? "" : ", %d zones".formatted(zones);
    PlacementTable none = new PlacementTable();
    PlacementTable placed = LargePlan.placed(row("first" + where, none, members));
    List<MemberView> more = new ArrayList<>(members);
    more.add(LargePlan.member(nodes, zones, -1));
    row("a node joins" + where, placed, more);
    NodeId gone = members.get(nodes / 2).id();
    List<MemberView> fewer = members.stream().filter(one -> !one.id().equals(gone)).toList();
    row("a node is lost" + where, LargePlan.without(gone, placed), fewer);
    row("nothing has changed" + where, placed, members);
  }

  private List<Goal> row(String what, PlacementTable before, List<MemberView> members) {
    List<Goal> goals = LargePlan.plan(shards, before, members);
    Effort effort = Effort.median(rounds, () -> () -> LargePlan.plan(shards, before, members));
    Difference difference = LargePlan.difference(before, goals);
    Spread replicas = LargePlan.replicas(goals, members);
    Spread primaries = LargePlan.primaries(goals, members);
    table.row(
        what,
        effort.time(),
        effort.bytes(),
        Integer.toString(difference.copied()),
        Integer.toString(difference.switched()),
        replicas.least() + " to " + replicas.most(),
        primaries.least() + " to " + primaries.most());
    return goals;
  }
}
