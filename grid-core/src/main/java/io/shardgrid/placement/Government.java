package io.shardgrid.placement;

import io.shardgrid.key.Charter;
import io.shardgrid.key.MemberView;
import io.shardgrid.key.MemberView.Standing;
import io.shardgrid.key.NodeId;
import io.shardgrid.key.PlacementEntry;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What an authority wants to change while it governs: promotes in place of primaries that do not
 * answer, does what primaries ask for, and brings the placement to the planner's goals. Everything
 * it wants goes onto the agenda. Not thread-safe.
 */
final class Government implements Moves.Requests {

  private final PlacementSettings settings;
  private final AuthorityEffects effects;
  private final Roster members;
  private final PlacementTable committed;
  private final Agenda agenda;
  private final Moves moves;
  private final Suspicions suspicions;
  private Map<NodeId, Holder> planned = Map.of();
  private Map<NodeId, Holder> seen = Map.of();
  private final Map<Integer, Long> lostSinceNanos = new HashMap<>();
  private boolean isPlanned;
  private long seenNanos;

  /** What the planner knows of a member. */
  private record Holder(int weight, String zone, boolean isTaker) {}

  Government(
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
    this.moves = new Moves(settings);
    this.suspicions = new Suspicions(settings);
  }

  Moves moves() {
    return moves;
  }

  /** A primary asks for a change of its in-sync set, meant for the entry with this epoch. */
  void requested(InSyncRequest request) {
    PlacementEntry entry = committed.entry(request.shard());
    if (entry == null || entry.epoch() != request.base()) {
      return;
    }
    if (request.isAddition()) {
      agenda.putAddition(entry, request.node());
    } else {
      agenda.putRemoval(entry, request.node());
    }
  }

  /** An operator wants a lost shard to begin anew; whether it may. */
  boolean acceptLoss(int shard, NodeId heir, Duration isolation, long nowNanos) {
    PlacementEntry entry = committed.entry(shard);
    Long since = lostSinceNanos.get(shard);
    boolean isOver = since != null && nowNanos - since >= isolation.toNanos();
    if (entry == null || !entry.isLost() || !isOver || !members.has(heir)) {
      return false;
    }
    agenda.putBeginning(entry, heir);
    return true;
  }

  private void noteLost(long nowNanos) {
    for (PlacementEntry entry : committed.entries()) {
      if (entry.isLost()) {
        lostSinceNanos.putIfAbsent(entry.shard(), nowNanos);
      } else {
        lostSinceNanos.remove(entry.shard());
      }
    }
  }

  /** A member says that another does not answer. */
  void suspected(NodeId from, NodeId suspect, long nowNanos) {
    suspicions.reported(from, suspect, nowNanos);
  }

  /** A member reports on the seats in which it acts. */
  void reported(NodeReport report, long nowNanos) {
    moves.reported(report, nowNanos);
  }

  /** Wants what is due now. */
  void tick(Charter charter, long nowNanos) {
    suspicions.retain(members.ids());
    noteLost(nowNanos);
    Set<NodeId> crashed = suspicions.suspects(members.ids(), nowNanos);
    doWithout(crashed);
    plan(charter, nowNanos);
    Set<NodeId> reachable = new HashSet<>(members.ids());
    reachable.removeAll(crashed);
    moves.tick(committed, reachable, nowNanos, this);
  }

  /**
   * The next primary is an in-sync one that answers; if there is none, the shard waits. Those that
   * do not answer are taken out, so that writes need not wait until their silence is noticed. Pekko
   * calls a member unreachable when a single other one misses it: that is no reason.
   */
  private void doWithout(Set<NodeId> crashed) {
    if (crashed.isEmpty()) {
      return;
    }
    for (PlacementEntry entry : committed.entries()) {
      NodeId primary = entry.primary();
      for (NodeId node : entry.inSync()) {
        if (crashed.contains(node) && !node.equals(primary)) {
          agenda.putRemoval(entry, node);
        }
      }
      if (primary != null && crashed.contains(primary)) {
        NodeId next =
            entry.inSync().stream()
                .filter(node -> !crashed.contains(node))
                .findFirst()
                .orElse(null);
        if (next != null) {
          agenda.putPrimary(entry, next, primary);
        }
      }
    }
  }

  /** Plans again when those who may hold data have changed and have stayed so for a while. */
  private void plan(Charter charter, long nowNanos) {
    Map<NodeId, Holder> holders = holders();
    if (!holders.equals(seen)) {
      seen = holders;
      seenNanos = nowNanos;
    }
    boolean isNews = !isPlanned || !holders.equals(planned);
    if (isNews && nowNanos - seenNanos >= settings.settle().toNanos()) {
      planned = holders;
      isPlanned = true;
      moves.planned(goals(charter));
    }
  }

  private Map<NodeId, Holder> holders() {
    Map<NodeId, Holder> holders = new TreeMap<>();
    for (MemberView member : members.all()) {
      boolean isTaker = member.standing() == Standing.UP;
      if (member.weight() > 0 && (isTaker || member.standing() == Standing.UNREACHABLE)) {
        holders.put(member.id(), new Holder(member.weight(), member.zone(), isTaker));
      }
    }
    return holders;
  }

  /** The first goals, or new ones, for the members as they are. */
  List<ReplicaPlanner.Goal> goals(Charter charter) {
    Map<NodeId, Holder> holders = holders();
    Set<NodeId> takers = new HashSet<>();
    holders.forEach(
        (node, holder) -> {
          if (holder.isTaker()) {
            takers.add(node);
          }
        });
    List<MemberView> able =
        members.all().stream().filter(member -> holders.containsKey(member.id())).toList();
    return new ReplicaPlanner(charter.shards(), charter.backups() + 1, settings.virtualNodes())
        .plan(committed, able, takers);
  }

  @Override
  public void askCopy(NodeId primary, int shard, long seat, NodeId target) {
    effects.askCopy(primary, shard, seat, target);
  }

  @Override
  public void putPrimary(PlacementEntry base, NodeId primary) {
    agenda.putPrimary(base, primary, null);
  }

  @Override
  public void putRemoval(PlacementEntry base, NodeId node) {
    agenda.putRemoval(base, node);
  }
}
