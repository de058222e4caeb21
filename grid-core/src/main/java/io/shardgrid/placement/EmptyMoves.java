package io.shardgrid.placement;

import io.shardgrid.key.Charter;
import io.shardgrid.key.NodeId;
import io.shardgrid.key.PlacementEntry;
import io.shardgrid.placement.Planner.Change;
import io.shardgrid.placement.ReplicaPlanner.Goal;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Spreads the shards of a cluster without backups: those that were never written move, without a
 * copy. Not thread-safe.
 */
final class EmptyMoves {
  /*
   * The target is named, the holder hands over an empty shard. If the holder has taken a write
   * meanwhile, the target cannot take it, says so, and the holder is named again.
   */

  private final PlacementSettings settings;
  private final AuthorityEffects effects;
  private final Roster members;
  private final PlacementTable committed;
  private final Agenda agenda;
  private final Rebalance rebalance;

  EmptyMoves(
      PlacementSettings settings,
      AuthorityEffects effects,
      Roster members,
      PlacementTable committed,
      Agenda agenda) {
    this.settings = settings;
    this.effects = effects;
    this.members = members;
    this.committed = committed;
    this.agenda = agenda;
    this.rebalance = new Rebalance(settings);
  }

  /** The first placement of all shards. */
  List<Goal> first(Charter charter) {
    rebalance.planned(members.all());
    return planner(charter).plan(committed, members.eligible(), Set.of(), Set.of()).stream()
        .map(change -> new Goal(change.shard(), change.inSync()))
        .toList();
  }

  void surveyed(NodeId from, Survey survey) {
    rebalance.surveyed(from, survey);
  }

  /** A shard cannot be taken without its data: its holder is named again. */
  void cannotTake(NodeId from, CannotTake refusal) {
    PlacementEntry entry = committed.entry(refusal.shard());
    if (entry == null || entry.epoch() != refusal.epoch()) {
      return;
    }
    NodeId holder = refusal.holder();
    @Nullable NodeId next = holder != null && members.has(holder) ? holder : null;
    boolean isFromTarget = from.equals(entry.primary()) && !from.equals(holder);
    boolean isFromHolder = from.equals(next) && !entry.inSync().contains(from);
    if (isFromTarget || isFromHolder) {
      rebalance.returned(refusal);
      agenda.putReturn(entry, next);
    }
  }

  /** Plans when the members have settled, and nothing else is to be written. */
  void tick(Charter charter, boolean isIdle, long nowNanos) {
    Set<NodeId> primaries = committed.primaries().keySet();
    boolean isReady =
        rebalance.tick(members.all(), primaries, nowNanos, effects::askSurvey) && isIdle;
    if (!isReady) {
      return;
    }
    Set<Integer> unwritten = rebalance.unwritten(committed);
    List<Change> moves =
        planner(charter).plan(committed, members.eligible(), rebalance.leaving(), unwritten);
    if (moves.isEmpty()) {
      rebalance.planned(members.all());
    } else {
      rebalance.again(nowNanos);
    }
    for (Change change : moves) {
      PlacementEntry before = Objects.requireNonNull(committed.entry(change.shard()));
      agenda.putMove(before, change.primary());
    }
  }

  private Planner planner(Charter charter) {
    return new Planner(charter.shards(), settings.virtualNodes());
  }
}
