package io.shardgrid.placement;

import static java.util.Objects.requireNonNull;

import io.shardgrid.key.MigrationKind;
import io.shardgrid.key.MigrationState;
import io.shardgrid.key.NodeId;
import io.shardgrid.key.PlacementEntry;
import io.shardgrid.key.PlanReport.PlannedMove;
import io.shardgrid.placement.NodeReport.CopyReport;
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
import java.util.function.Consumer;
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
   *
   * While there is a pause, and for shards that are cancelled, no move begins but those that make
   * missing copies or empty a member that leaves; what has begun is finished.
   */

  private static final int HISTORY_MAX = 256;

  private final PlacementSettings settings;
  private final Consumer<MoveStep> steps;
  private final Map<Integer, Migration> migrations = new TreeMap<>();
  private final MoveHistory history = new MoveHistory(HISTORY_MAX);
  private final Map<Integer, Long> served = new HashMap<>();
  private final Map<Integer, Long> liveBytes = new HashMap<>();
  private final Cancellations cancelled = new Cancellations();
  private List<Goal> goals = List.of();
  private int copying;
  private boolean isPaused;

  /** What moves ask for. */
  interface Requests {
    /** Asks a primary to fill a learner. */
    void askCopy(NodeId primary, int shard, long seat, NodeId target);

    /** Asks a primary not to fill a learner any more, unless writes wait for that already. */
    void cancelCopy(NodeId primary, int shard, NodeId target);

    /** Asks for another primary. */
    void putPrimary(PlacementEntry base, NodeId primary);

    /** Asks for a smaller in-sync set. */
    void putRemoval(PlacementEntry base, NodeId node);
  }

  /**
   * What matters of the members.
   *
   * @param reachable those that answer
   * @param staying those that are not on their way out
   */
  record Company(Set<NodeId> reachable, Set<NodeId> staying) {}

  /**
   * None yet.
   *
   * @param steps hears of the beginning of each and of what state it goes on to
   */
  Moves(PlacementSettings settings, Consumer<MoveStep> steps) {
    this.settings = settings;
    this.steps = steps;
  }

  /** These are the goals from now on; what was cancelled may begin again. */
  void planned(List<Goal> newGoals) {
    goals = List.copyOf(newGoals);
    cancelled.clear();
  }

  void pause(boolean isOn) {
    isPaused = isOn;
  }

  boolean isPaused() {
    return isPaused;
  }

  /** A primary's own word on its seats. */
  void reported(NodeReport report, long nowNanos) {
    for (SeatReport seat : report.seats()) {
      served.merge(seat.shard(), seat.seat(), Math::max);
      if (seat.liveBytes() >= 0) {
        liveBytes.put(seat.shard(), seat.liveBytes());
      }
      Migration migration = migrations.get(seat.shard());
      if (migration != null) {
        migration.reported(seat, nowNanos);
      }
      for (CopyReport copy : seat.copies()) {
        cancelled.reported(seat.shard(), copy);
      }
    }
    NodeId from = report.own().node();
    for (NodeReport.Handover handover : report.handovers()) {
      Migration migration = migrations.get(handover.shard());
      if (migration == null || !migration.handedOver(from, handover)) {
        history.handedOver(from, handover);
      }
    }
  }

  /** Bytes of a shard's entries as they were last reported; 0 if they never were. */
  long liveBytes(int shard) {
    return liveBytes.getOrDefault(shard, 0L);
  }

  /** Moves under way, in the order of shards: a view. */
  Collection<Migration> migrations() {
    return Collections.unmodifiableCollection(migrations.values());
  }

  MoveHistory history() {
    return history;
  }

  /** What is planned and has not begun, in the order of shards. */
  List<PlannedMove> waiting(PlacementTable table) {
    return PlannedMoves.between(table, goals, this::liveBytes).stream()
        .filter(
            planned -> {
              Migration migration = migrations.get(planned.shard());
              return migration == null || !migration.target().equals(planned.target());
            })
        .toList();
  }

  boolean isCancelled(int shard) {
    return cancelled.has(shard);
  }

  /** Whether every shard is where it should be. */
  boolean areDone(PlacementTable table) {
    for (Goal goal : goals) {
      PlacementEntry entry = table.entry(goal.shard());
      if (entry == null || !isReached(goal, entry)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isReached(Goal goal, PlacementEntry entry) {
    return goal.primary().equals(entry.primary())
        && entry.inSync().size() == goal.replicas().size()
        && entry.inSync().containsAll(goal.replicas());
  }

  /** Whether there is nothing to be looked at: so it is with nearly all shards, nearly always. */
  private boolean isAtRest(Goal goal, PlacementEntry entry) {
    return isReached(goal, entry)
        && !migrations.containsKey(goal.shard())
        && !cancelled.has(goal.shard());
  }

  /**
   * Gives a shard's move up, or does not begin it, until the next plan. Whether there is one that
   * has not gone too far.
   */
  boolean cancel(int shard, PlacementTable table, long nowNanos) {
    Migration migration = migrations.get(shard);
    if (migration == null) {
      boolean isWaiting =
          waiting(table).stream()
              .anyMatch(one -> one.shard() == shard && one.kind() != MigrationKind.REPAIR);
      if (isWaiting) {
        cancelled.add(shard, null);
      }
      return isWaiting;
    }
    boolean isRevocable = migration.isRevocable();
    if (isRevocable) {
      migration.abort("an operator cancelled it", nowNanos);
      conclude(migration);
      cancelled.add(shard, migration.isCopied() ? migration.target() : null);
    }
    return isRevocable;
  }

  /** Asks for the next change of every shard that may have one. */
  void tick(PlacementTable table, Company company, long nowNanos, Requests requests) {
    // Whatever became of the shard: a move that goes on for ever would keep others from beginning.
    for (Migration migration : List.copyOf(migrations.values())) {
      if (migration.isSilent(nowNanos, settings.moveSilence().toNanos())) {
        migration.abort("nothing was heard of it", nowNanos);
      }
      if (migration.hasEnded()) {
        conclude(migration);
      }
    }
    copying = (int) migrations.values().stream().filter(Migration::isCopied).count();
    for (Goal goal : goals) {
      PlacementEntry entry = table.entry(goal.shard());
      if (entry != null && !isAtRest(goal, entry)) {
        step(goal, entry, company, nowNanos, requests);
      }
    }
  }

  private void step(
      Goal goal, PlacementEntry entry, Company company, long nowNanos, Requests requests) {
    NodeId primary = entry.primary();
    boolean isServed = served.getOrDefault(goal.shard(), 0L) >= entry.seat();
    if (primary == null || !isServed || !company.reachable().contains(primary)) {
      return;
    }
    if (cancelled.followUp(goal, entry, requests)) {
      return;
    }
    concludeIfOver(goal, entry, nowNanos, requests);
    boolean isHeld = migrations.get(goal.shard()) == null && !mayBegin(goal, entry, company);
    NodeId missing = nextMissing(goal, entry, company.reachable());
    if (missing != null) {
      if (!isHeld) {
        fill(missing, goal, entry, nowNanos, requests);
      }
    } else if (!primary.equals(goal.primary()) && entry.inSync().contains(goal.primary())) {
      if (!isHeld && company.reachable().contains(goal.primary())) {
        changePrimary(goal, entry, nowNanos, requests);
      }
    } else {
      takeOutSurplus(goal, entry, requests);
    }
  }

  /** Whether a move may begin: always, if copies are missing or would be missing soon. */
  private boolean mayBegin(Goal goal, PlacementEntry entry, Company company) {
    if (!isPaused && !cancelled.has(goal.shard())) {
      return true;
    }
    long staying = entry.inSync().stream().filter(company.staying()::contains).count();
    return staying < goal.replicas().size() || !company.staying().contains(entry.primary());
  }

  /** Ends the move that has come to its goal, or whose goal is none any more. */
  private void concludeIfOver(Goal goal, PlacementEntry entry, long nowNanos, Requests requests) {
    Migration migration = migrations.get(goal.shard());
    if (migration == null) {
      return;
    }
    NodeId target = migration.target();
    boolean isThere = entry.inSync().contains(target);
    boolean isSwitch = migration.kind() == MigrationKind.PRIMARY && target.equals(goal.primary());
    if (isThere && (!isSwitch || target.equals(entry.primary()))) {
      migration.done(nowNanos);
      conclude(migration);
    } else if (!isThere && !migration.isCopied()) {
      migration.abort("the target does not have the data any more", nowNanos);
      conclude(migration);
    } else if (!goal.replicas().contains(target)) {
      migration.abort("the plan has changed", nowNanos);
      conclude(migration);
      if (!isThere) {
        requests.cancelCopy(requireNonNull(entry.primary()), entry.shard(), target);
      }
    }
  }

  private void conclude(Migration migration) {
    migrations.remove(migration.shard());
    copying -= migration.isCopied() ? 1 : 0;
    history.add(migration);
  }

  /** The missing replica that is filled already, else the first one. */
  private @Nullable NodeId nextMissing(Goal goal, PlacementEntry entry, Set<NodeId> reachable) {
    Migration migration = migrations.get(goal.shard());
    NodeId first = null;
    for (NodeId node : goal.replicas()) {
      if (!entry.inSync().contains(node) && reachable.contains(node)) {
        if (migration != null && migration.target().equals(node)) {
          return node;
        }
        first = first == null ? node : first;
      }
    }
    return first;
  }

  private void fill(
      NodeId missing, Goal goal, PlacementEntry entry, long nowNanos, Requests requests) {
    Migration migration = migrations.get(entry.shard());
    if (migration != null && !migration.target().equals(missing)) {
      migration.abort("the target is out of reach", nowNanos);
      conclude(migration);
    } else if (migration == null && copying >= settings.movesMax()) {
      return;
    }
    migration = migrations.get(entry.shard());
    if (migration == null) {
      migration = begin(goal, entry, missing, nowNanos);
    }
    NodeId target = migration.target();
    if (migration.isAskDue(entry.seat(), nowNanos, settings.repeat().toNanos())) {
      requests.askCopy(requireNonNull(entry.primary()), entry.shard(), entry.seat(), target);
    }
  }

  private Migration begin(Goal goal, PlacementEntry entry, NodeId target, long nowNanos) {
    PlannedMove planned =
        PlannedMoves.of(goal, entry, liveBytes(goal.shard())).stream()
            .filter(one -> one.isCopied() && one.target().equals(target))
            .findFirst()
            .orElseThrow();
    Migration migration = new Migration(planned, entry.seat(), nowNanos, steps);
    migrations.put(goal.shard(), migration);
    copying++;
    return migration;
  }

  private void changePrimary(Goal goal, PlacementEntry entry, long nowNanos, Requests requests) {
    Migration migration =
        migrations.computeIfAbsent(
            goal.shard(),
            any ->
                new Migration(
                    PlannedMoves.change(goal, requireNonNull(entry.primary())),
                    entry.seat(),
                    nowNanos,
                    steps));
    migration.move(MigrationState.SWITCHING, nowNanos);
    requests.putPrimary(entry, goal.primary());
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
