package io.shardgrid.placement;

import io.shardgrid.key.MemberView;
import io.shardgrid.key.NodeId;
import io.shardgrid.key.PlacementEntry;
import io.shardgrid.ring.Ring;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Plans where the shards should be. A pure function of what it is handed: immutable, and the same
 * plan on every JVM.
 */
final class Planner {
  /*
   * The ring says which nodes a shard would like, quotas say how many each node takes. The ring
   * alone would leave nodes 20 % above the mean even with hundreds of virtual nodes; with quotas
   * the spread is exact, and the ring keeps the plan stable.
   *
   * Placing: in the order of shards, each goes to the first node of its preference with room.
   * Moving: a node above its quota gives, a leaving node gives all, a node below its quota takes;
   * so exactly sum(max(0, quota - held)) shards move if enough of them may. The first pass moves
   * only shards whose first preference is the taker; the second one fills what is left.
   *
   * Shards of nodes that are neither eligible nor leaving (out of reach), and lost shards, take no
   * part: the quotas share out only what can be held by the nodes in the plan.
   */

  private final int shards;
  private final int virtualNodes;

  Planner(int shards, int virtualNodes) {
    this.shards = shards;
    this.virtualNodes = virtualNodes;
  }

  /**
   * A planned placement of one shard. Immutable.
   *
   * @param shard number of the shard
   * @param primary the node to be named
   * @param inSync the nodes that then hold every acknowledged write, the primary among them
   */
  record Change(int shard, NodeId primary, List<NodeId> inSync) {

    Change {
      inSync = List.copyOf(inSync);
    }
  }

  /**
   * Plans for the nodes that may hold data, in the order of shards.
   *
   * @param current what is placed so far, possibly nothing
   * @param eligible members that may be given shards
   * @param leaving members that should be left with none
   * @param unwritten shards that were never written: only these may move
   */
  List<Change> plan(
      PlacementTable current,
      Collection<MemberView> eligible,
      Set<NodeId> leaving,
      Set<Integer> unwritten) {
    return new Plan(current, eligible, leaving).changes(unwritten);
  }

  /** One plan in the making. */
  private final class Plan {

    private final PlacementTable current;
    private final Set<NodeId> leaving;
    private final Ring ring;

    /** How many shards a node may still take; negative: has to give. */
    private final Map<NodeId, Integer> room = new TreeMap<>();

    private final Map<Integer, Change> changes = new TreeMap<>();

    Plan(PlacementTable current, Collection<MemberView> eligible, Set<NodeId> leaving) {
      this.current = current;
      this.leaving = leaving;
      this.ring = Ring.of(eligible.stream().map(Plan::onRing).toList(), virtualNodes);
      Map<NodeId, Integer> held = current.primaries();
      Map<NodeId, Integer> weights = new TreeMap<>();
      eligible.forEach(member -> weights.put(member.id(), member.weight()));
      Quotas.share(inPlan(weights.keySet()), weights, held)
          .forEach((node, quota) -> room.put(node, quota - held.getOrDefault(node, 0)));
    }

    private static Ring.Member onRing(MemberView member) {
      return new Ring.Member(member.id(), member.name(), member.zone(), member.weight());
    }

    /** How many shards the quotas share out. */
    private int inPlan(Set<NodeId> eligible) {
      int count = 0;
      for (int shard = 0; shard < shards; shard++) {
        PlacementEntry entry = current.entry(shard);
        NodeId primary = entry == null ? null : entry.primary();
        if (entry == null
            || (primary != null && (eligible.contains(primary) || leaving.contains(primary)))) {
          count++;
        }
      }
      return count;
    }

    List<Change> changes(Set<Integer> unwritten) {
      for (int shard = 0; shard < shards; shard++) {
        if (current.entry(shard) == null) {
          place(shard, Integer.MAX_VALUE);
        }
      }
      moveTo(unwritten, 1);
      moveTo(unwritten, Integer.MAX_VALUE);
      return List.copyOf(changes.values());
    }

    private void moveTo(Set<Integer> unwritten, int preferences) {
      for (int shard = 0; shard < shards; shard++) {
        PlacementEntry entry = current.entry(shard);
        NodeId source = entry == null ? null : entry.primary();
        boolean isCandidate = unwritten.contains(shard) && !changes.containsKey(shard);
        if (isCandidate && source != null && mustGive(source) && place(shard, preferences)) {
          room.computeIfPresent(source, (node, left) -> left + 1);
        }
      }
    }

    private boolean mustGive(NodeId source) {
      return leaving.contains(source) || room.getOrDefault(source, 0) < 0;
    }

    /** Gives a shard to the first of its preferred nodes that has room, if there is one. */
    private boolean place(int shard, int preferences) {
      List<NodeId> preferred = ring.preference(shard);
      for (NodeId node : preferred.subList(0, Math.min(preferences, preferred.size()))) {
        if (room.getOrDefault(node, 0) > 0) {
          room.merge(node, -1, Integer::sum);
          changes.put(shard, new Change(shard, node, List.of(node)));
          return true;
        }
      }
      return false;
    }
  }
}
