package io.shardgrid.placement;

import io.shardgrid.key.MigrationKind;
import io.shardgrid.key.NodeId;
import io.shardgrid.key.PlacementEntry;
import io.shardgrid.key.PlanReport.PlannedMove;
import io.shardgrid.placement.ReplicaPlanner.Goal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.IntToLongFunction;
import org.jspecify.annotations.Nullable;

/** What lies between a placement and the planner's goals. Without state. */
final class PlannedMoves {

  private PlannedMoves() {}

  /** All of it, in the order of the goals; nothing for shards that are lost or not placed. */
  static List<PlannedMove> between(
      PlacementTable table, Collection<Goal> goals, IntToLongFunction liveBytes) {
    List<PlannedMove> moves = new ArrayList<>();
    for (Goal goal : goals) {
      PlacementEntry entry = table.entry(goal.shard());
      if (entry != null) {
        moves.addAll(of(goal, entry, liveBytes.applyAsLong(goal.shard())));
      }
    }
    return moves;
  }

  /**
   * The moves of one shard: as many of the missing replicas as there are too few are repairs, each
   * other one takes the place of a surplus replica.
   */
  static List<PlannedMove> of(Goal goal, PlacementEntry entry, long bytes) {
    List<PlannedMove> moves = new ArrayList<>();
    NodeId primary = entry.primary();
    if (primary == null) {
      return moves;
    }
    List<NodeId> surplus = new ArrayList<>(entry.inSync());
    surplus.removeAll(goal.replicas());
    int repairs = goal.replicas().size() - entry.inSync().size();
    boolean isCarried = false;
    for (NodeId target : goal.replicas()) {
      if (entry.inSync().contains(target)) {
        continue;
      }
      if (repairs > 0 || (surplus.isEmpty() && !target.equals(goal.primary()))) {
        repairs--;
        moves.add(copied(goal, MigrationKind.REPAIR, null, target, bytes));
      } else if (target.equals(goal.primary())) {
        isCarried = true;
        surplus.remove(primary);
        moves.add(copied(goal, MigrationKind.PRIMARY, primary, target, bytes));
      } else {
        NodeId source = surplus.remove(surplus.size() - 1);
        moves.add(copied(goal, MigrationKind.BACKUP, source, target, bytes));
      }
    }
    if (!goal.primary().equals(primary) && !isCarried) {
      moves.add(change(goal, primary));
    }
    return moves;
  }

  /** The move of a primary to a member that has the data. */
  static PlannedMove change(Goal goal, NodeId primary) {
    return new PlannedMove(goal.shard(), MigrationKind.PRIMARY, primary, goal.primary(), false, 0);
  }

  private static PlannedMove copied(
      Goal goal, MigrationKind kind, @Nullable NodeId source, NodeId target, long bytes) {
    return new PlannedMove(goal.shard(), kind, source, target, true, bytes);
  }
}
