package io.shardgrid.placement;

import io.shardgrid.key.Charter;
import io.shardgrid.key.MemberView;
import io.shardgrid.key.MemberView.Standing;
import io.shardgrid.key.NodeId;
import io.shardgrid.key.PlacementEntry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What an authority wants to change while it governs: promotes in place of primaries that do not
 * answer, does what primaries ask for, and brings the placement to the planner's goals. Everything
 * it wants goes onto the agenda. Not thread-safe.
 */
final class Government implements Moves.Requests {

  /** So many repetitions long a new authority waits for the members' own words. */
  private static final int REPORT_REPEATS = 50;

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
  private @Nullable Steering steering;
  private @Nullable Charter charter;
  private boolean isPlanned;
  private boolean isPlanWanted;
  private boolean hasBegun;
  private boolean isInformed;
  private long seenNanos;
  private long begunNanos;

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
    this.moves = new Moves(settings, effects::moveWent);
    this.suspicions = new Suspicions(settings);
  }

  Moves moves() {
    return moves;
  }

  /** Lets an operator steer; made once. */
  Steering steering(LongSupplier stamps) {
    Steering made = new Steering(this, moves, committed, stamps);
    steering = made;
    return made;
  }

  /** Plans with the next tick, whether or not the members have changed. */
  void planAnew() {
    isPlanWanted = true;
  }

  /** Whether it plans anew as soon as the members have settled. */
  boolean isToPlan() {
    return isPlanWanted || !isPlanned || !holders().equals(planned);
  }

  /** How many shards have fewer copies than there should and could be. */
  int incomplete() {
    Charter current = charter;
    int wanted = current == null ? 0 : Math.min(current.backups() + 1, members.eligible().size());
    return (int)
        committed.entries().stream()
            .filter(entry -> entry.isLost() || entry.inSync().size() < wanted)
            .count();
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

  /** A member reports on itself and on the seats in which it acts. */
  void reported(NodeReport report, long nowNanos) {
    NodeReport.Own own = report.own();
    members.weigh(own.node(), own.weight());
    moves.reported(report, nowNanos);
    Steering steered = steering;
    if (steered != null && members.has(own.node()) && steered.reported(own)) {
      effects.sendPause(own.node(), steered.pause());
    }
  }

  /** Wants what is due now. */
  void tick(Charter current, long nowNanos) {
    charter = current;
    suspicions.retain(members.ids());
    if (steering != null) {
      steering.retain(members.ids());
    }
    noteLost(nowNanos);
    Set<NodeId> crashed = suspicions.suspects(members.ids(), nowNanos);
    doWithout(crashed);
    plan(current, nowNanos);
    Set<NodeId> reachable = new HashSet<>(members.ids());
    reachable.removeAll(crashed);
    moves.tick(committed, new Moves.Company(reachable, staying()), nowNanos, this);
  }

  private Set<NodeId> staying() {
    Set<NodeId> staying = new HashSet<>();
    for (MemberView member : members.all()) {
      if (member.standing() != Standing.LEAVING) {
        staying.add(member.id());
      }
    }
    return staying;
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

  /**
   * Whether every member has told its weight, and whether it was told of a pause, or has had the
   * time for it: what a member said when it joined may be out of date.
   */
  private boolean isInformed(long nowNanos) {
    if (!hasBegun) {
      hasBegun = true;
      begunNanos = nowNanos;
    }
    if (!isInformed) {
      long waitNanos = REPORT_REPEATS * settings.repeat().toNanos();
      isInformed = members.areWeighed() || nowNanos - begunNanos >= waitNanos;
    }
    return isInformed;
  }

  /** Plans again when those who may hold data have changed and have stayed so for a while. */
  private void plan(Charter charter, long nowNanos) {
    if (!isInformed(nowNanos)) {
      return;
    }
    Map<NodeId, Holder> holders = holders();
    if (!holders.equals(seen)) {
      seen = holders;
      seenNanos = nowNanos;
    }
    boolean isNews = !isPlanned || !holders.equals(planned);
    boolean isDue = isNews && nowNanos - seenNanos >= settings.settle().toNanos();
    if (isDue || isPlanWanted) {
      isPlanWanted = false;
      planned = holders;
      isPlanned = true;
      moves.planned(goals(charter));
    }
  }

  private Map<NodeId, Holder> holders() {
    return holders(members.all());
  }

  private static Map<NodeId, Holder> holders(Collection<MemberView> all) {
    Map<NodeId, Holder> holders = new TreeMap<>();
    for (MemberView member : all) {
      boolean isTaker = member.standing() == Standing.UP;
      if (member.weight() > 0 && (isTaker || member.standing() == Standing.UNREACHABLE)) {
        holders.put(member.id(), new Holder(member.weight(), member.zone(), isTaker));
      }
    }
    return holders;
  }

  /** The first placement, for the members as they are. */
  List<PlacementEntry> founding(Charter wanted, LongSupplier epochs) {
    List<PlacementEntry> entries = new ArrayList<>();
    for (ReplicaPlanner.Goal goal : goals(wanted)) {
      long epoch = epochs.getAsLong();
      entries.add(Succession.named(goal.shard(), null, epoch, goal.primary(), goal.replicas()));
    }
    return entries;
  }

  /** The first goals, or new ones, for the members as they are. */
  private List<ReplicaPlanner.Goal> goals(Charter charter) {
    return goals(charter, members.all());
  }

  /** What the goals would be if members had other weights. */
  List<ReplicaPlanner.Goal> goals(Map<NodeId, Integer> weights) {
    Charter current = charter;
    List<MemberView> supposed = new ArrayList<>();
    for (MemberView member : members.all()) {
      supposed.add(member.withWeight(weights.getOrDefault(member.id(), member.weight())));
    }
    return current == null ? List.of() : goals(current, supposed);
  }

  private List<ReplicaPlanner.Goal> goals(Charter charter, Collection<MemberView> all) {
    Map<NodeId, Holder> holders = holders(all);
    Set<NodeId> takers = new HashSet<>();
    holders.forEach(
        (node, holder) -> {
          if (holder.isTaker()) {
            takers.add(node);
          }
        });
    List<MemberView> able =
        all.stream().filter(member -> holders.containsKey(member.id())).toList();
    return new ReplicaPlanner(charter.shards(), charter.backups() + 1, settings.virtualNodes())
        .plan(committed, able, takers);
  }

  @Override
  public void askCopy(NodeId primary, int shard, long seat, NodeId target) {
    effects.askCopy(primary, shard, seat, target);
  }

  @Override
  public void cancelCopy(NodeId primary, int shard, NodeId target) {
    effects.cancelCopy(primary, shard, target);
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
