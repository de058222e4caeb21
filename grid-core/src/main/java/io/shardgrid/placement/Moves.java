package io.shardgrid.placement;

import static java.util.Objects.requireNonNull;

import io.shardgrid.key.NodeId;
import io.shardgrid.key.PlacementEntry;
import io.shardgrid.placement.NodeReport.SeatReport;
import io.shardgrid.placement.ReplicaPlanner.Goal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Brings the placement to the planner's goals, one small change of one shard at a time. Not
 * thread-safe.
 */
final class Moves {
  /*
   * For each shard it compares what is committed with the goal and does what comes next: has a
   * missing replica filled (the primary asks for its addition when it is there), then has the
   * wanted primary named, then takes surplus replicas out. It remembers nothing that matters: a new
   * authority, or a plan that changes in the middle, goes on from whatever is committed.
   *
   * Nothing is done to a shard whose seat nobody has reported yet: its primary is about to take it,
   * or gone, and a second change would only end a reign that has not begun.
   */

  private final PlacementSettings settings;
  private final Map<Integer, Migration> migrations = new TreeMap<>();
  private final Map<Integer, Long> served = new HashMap<>();
  private List<Goal> goals = List.of();

  /** What moves ask for. */
  interface Requests {
    /** Asks a primary to fill a learner. */
    void askCopy(NodeId primary, int shard, long seat, NodeId target);

    /** Asks for another primary. */
    void putPrimary(PlacementEntry base, NodeId primary);

    /** Asks for a smaller in-sync set. */
    void putRemoval(PlacementEntry base, NodeId node);
  }

  Moves(PlacementSettings settings) {
    this.settings = settings;
  }

  /** These are the goals from now on. */
  void planned(List<Goal> newGoals) {
    goals = List.copyOf(newGoals);
  }

  /** A primary's own word on its seats. */
  void reported(NodeReport report, long nowNanos) {
    for (SeatReport seat : report.seats()) {
      served.merge(seat.shard(), seat.seat(), Math::max);
      Migration migration = migrations.get(seat.shard());
      if (migration != null) {
        migration.reported(seat, nowNanos);
      }
    }
  }

  /** Moves under way and those that have just ended, in the order of shards. */
  Collection<Migration> migrations() {
    return Collections.unmodifiableCollection(migrations.values());
  }

  /** Whether every shard is where it should be. */
  boolean areDone(PlacementTable table) {
    for (Goal goal : goals) {
      PlacementEntry entry = table.entry(goal.shard());
      boolean isThere =
          entry != null
              && goal.primary().equals(entry.primary())
              && entry.inSync().size() == goal.replicas().size()
              && entry.inSync().containsAll(goal.replicas());
      if (!isThere) {
        return false;
      }
    }
    return true;
  }

  /** Asks for the next change of every shard that may have one. */
  void tick(PlacementTable table, Set<NodeId> reachable, long nowNanos, Requests requests) {
    // Whatever became of the shard: a move that goes on for ever would keep others from beginning.
    migrations.values().forEach(migration -> giveUpIfSilent(migration, nowNanos));
    migrations.values().removeIf(Migration::hasEnded);
    for (Goal goal : goals) {
      PlacementEntry entry = table.entry(goal.shard());
      if (entry != null) {
        step(goal, entry, reachable, nowNanos, requests);
      }
    }
  }

  private void step(
      Goal goal, PlacementEntry entry, Set<NodeId> reachable, long nowNanos, Requests requests) {
    NodeId primary = entry.primary();
    boolean isServed = served.getOrDefault(goal.shard(), 0L) >= entry.seat();
    if (primary == null || !isServed || !reachable.contains(primary)) {
      return;
    }
    NodeId missing = firstMissing(goal, entry, reachable);
    if (missing != null) {
      fill(missing, entry, nowNanos, requests);
    } else if (!primary.equals(goal.primary()) && entry.inSync().contains(goal.primary())) {
      if (reachable.contains(goal.primary())) {
        follow(goal.shard(), MigrationState.SWITCHING);
        requests.putPrimary(entry, goal.primary());
      }
    } else {
      follow(goal.shard(), MigrationState.DONE);
      takeOutSurplus(goal, entry, requests);
    }
  }

  private static @Nullable NodeId firstMissing(
      Goal goal, PlacementEntry entry, Set<NodeId> reachable) {
    for (NodeId node : goal.replicas()) {
      if (!entry.inSync().contains(node) && reachable.contains(node)) {
        return node;
      }
    }
    return null;
  }

  private void fill(NodeId target, PlacementEntry entry, long nowNanos, Requests requests) {
    Migration migration = migrations.get(entry.shard());
    if (migration == null || !migration.target().equals(target)) {
      if (migration == null && running() >= settings.movesMax()) {
        return;
      }
      migration = new Migration(entry.shard(), target, nowNanos);
      migrations.put(entry.shard(), migration);
    }
    if (migration.isAskDue(entry.seat(), nowNanos, settings.repeat().toNanos())) {
      requests.askCopy(requireNonNull(entry.primary()), entry.shard(), entry.seat(), target);
    }
  }

  private void giveUpIfSilent(Migration migration, long nowNanos) {
    if (migration.isSilent(nowNanos, settings.moveSilence().toNanos())) {
      migration.move(MigrationState.ABORTED);
    }
  }

  private long running() {
    return migrations.values().stream().filter(one -> !one.hasEnded()).count();
  }

  private void follow(int shard, MigrationState next) {
    Migration migration = migrations.get(shard);
    if (migration != null) {
      migration.move(next);
    }
  }

  private static void takeOutSurplus(Goal goal, PlacementEntry entry, Requests requests) {
    List<NodeId> surplus = new ArrayList<>(entry.inSync());
    surplus.removeAll(goal.replicas());
    boolean isWhole = entry.inSync().size() - surplus.size() == goal.replicas().size();
    if (!surplus.isEmpty() && isWhole) {
      requests.putRemoval(entry, surplus.get(0));
    }
  }
}
