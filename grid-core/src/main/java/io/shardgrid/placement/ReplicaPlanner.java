package io.shardgrid.placement;

import io.shardgrid.key.MemberView;
import io.shardgrid.key.NodeId;
import io.shardgrid.key.PlacementEntry;
import io.shardgrid.ring.Ring;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Plans which nodes should hold the replicas of each shard, and which of them the primary. A pure
 * function of what it is handed: the same plan on every JVM.
 */
final class ReplicaPlanner {
  /*
   * Quotas say how many replicas, and how many primaries, each node takes: exact shares by weight,
   * no node more than one replica of a shard. What a node has within its quota stays where it is.
   * The rest is a flow: from nodes that have too many, and from replicas that are missing, to nodes
   * that have too few, one replica at a time along a shortest path
   *
   *   x gives shard 7 to y, y gives shard 9 to z       where x has too many, z too few
   *
   * which is nearly always a single step; each step moves the shard for which the taker is the most
   * preferred by the ring. So the spread is exact, no more is moved than that needs, and the ring
   * keeps the plan stable. Zones come first: no step puts two replicas of a shard into one zone that
   * were in two, so where zones are of unequal size the nodes of the smaller ones hold more.
   *
   * The primaries are shared out afterwards in the same way among the nodes that hold a replica
   * anyway: that costs a switch, and no copy.
   */

  private final int shards;
  private final int copies;
  private final int virtualNodes;

  /**
   * A planner for a cluster.
   *
   * @param copies replicas of a shard, its primary among them
   * @param virtualNodes points of a node of weight 1 on the ring
   */
  ReplicaPlanner(int shards, int copies, int virtualNodes) {
    this.shards = shards;
    this.copies = copies;
    this.virtualNodes = virtualNodes;
  }

  /**
   * Where a shard should be.
   *
   * @param replicas the nodes that should hold it, the primary first
   */
  record Goal(int shard, List<NodeId> replicas) {

    Goal {
      replicas = List.copyOf(replicas);
    }

    NodeId primary() {
      return replicas.get(0);
    }
  }

  /**
   * The goals of all shards in their order; empty if no node may hold any.
   *
   * @param current what is placed so far, possibly nothing
   * @param holders nodes that may keep what they have
   * @param takers those of them that may get more
   */
  List<Goal> plan(PlacementTable current, Collection<MemberView> holders, Set<NodeId> takers) {
    if (holders.isEmpty()) {
      return List.of();
    }
    return new Plan(current, holders, takers).goals();
  }

  /** Who holds one shard in the plan. */
  private static final class Replicas {
    final int shard;
    final Set<NodeId> nodes = new LinkedHashSet<>();
    final Map<NodeId, Integer> ranks = new HashMap<>();
    @Nullable NodeId primary;

    Replicas(int shard, List<NodeId> preference) {
      this.shard = shard;
      for (NodeId node : preference) {
        ranks.put(node, ranks.size());
      }
    }

    int rank(NodeId node) {
      return ranks.getOrDefault(node, Integer.MAX_VALUE);
    }
  }

  /** One plan in the making. */
  private final class Plan {

    private final Map<NodeId, MemberView> holders = new TreeMap<>();
    private final Set<NodeId> takers;
    private final Map<NodeId, Integer> weights = new TreeMap<>();
    private final List<Replicas> all = new ArrayList<>();
    private final int wanted;

    Plan(PlacementTable current, Collection<MemberView> members, Set<NodeId> takers) {
      this.takers = takers;
      for (MemberView member : members) {
        holders.put(member.id(), member);
        weights.put(member.id(), member.weight());
      }
      this.wanted = Math.min(copies, holders.size());
      Ring ring = Ring.of(holders.values().stream().map(Plan::onRing).toList(), virtualNodes);
      for (int shard = 0; shard < shards; shard++) {
        Replicas replicas = new Replicas(shard, ring.preference(shard));
        keep(replicas, current.entry(shard));
        all.add(replicas);
      }
    }

    private static Ring.Member onRing(MemberView member) {
      return new Ring.Member(member.id(), member.name(), member.zone(), member.weight());
    }

    /** What is there stays: the primary first, then what the ring prefers. */
    private void keep(Replicas replicas, @Nullable PlacementEntry entry) {
      if (entry == null) {
        return;
      }
      NodeId primary = entry.primary();
      if (primary != null && holders.containsKey(primary)) {
        replicas.primary = primary;
        replicas.nodes.add(primary);
      }
      entry.inSync().stream()
          .filter(holders::containsKey)
          .sorted(Comparator.comparingInt(replicas::rank))
          .filter(node -> replicas.nodes.size() < wanted)
          .forEach(replicas.nodes::add);
    }

    List<Goal> goals() {
      spreadReplicas();
      spreadPrimaries();
      List<Goal> goals = new ArrayList<>();
      for (Replicas replicas : all) {
        List<NodeId> nodes = new ArrayList<>(replicas.nodes);
        NodeId primary = replicas.primary;
        if (primary != null) {
          nodes.remove(primary);
          nodes.add(0, primary);
          goals.add(new Goal(replicas.shard, nodes));
        }
      }
      return goals;
    }

    private void spreadReplicas() {
      Map<NodeId, Integer> held = new TreeMap<>();
      all.forEach(one -> one.nodes.forEach(node -> held.merge(node, 1, Integer::sum)));
      Map<NodeId, Integer> room = room(replicaQuotas(held), held);
      for (Replicas replicas : all) {
        while (replicas.nodes.size() < wanted && fill(replicas, room)) {
          // One more is there.
        }
      }
      flow(room, this::replicaStep);
    }

    /** Each node's share of all replicas; what is beyond one of each shard goes to the others. */
    private Map<NodeId, Integer> replicaQuotas(Map<NodeId, Integer> held) {
      Map<NodeId, Integer> quotas = new TreeMap<>();
      Map<NodeId, Integer> open = new TreeMap<>(weights);
      int left = shards * wanted;
      boolean isCapped = true;
      while (isCapped && !open.isEmpty()) {
        isCapped = false;
        for (Map.Entry<NodeId, Integer> share : Quotas.share(left, open, held).entrySet()) {
          if (share.getValue() > shards) {
            quotas.put(share.getKey(), shards);
            open.remove(share.getKey());
            left -= shards;
            isCapped = true;
          }
        }
      }
      if (!open.isEmpty()) {
        quotas.putAll(Quotas.share(left, open, held));
      }
      return quotas;
    }

    private static Map<NodeId, Integer> room(
        Map<NodeId, Integer> quotas, Map<NodeId, Integer> held) {
      Map<NodeId, Integer> room = new TreeMap<>();
      quotas.forEach((node, quota) -> room.put(node, quota - held.getOrDefault(node, 0)));
      return room;
    }

    /** Puts a missing replica onto the best node; beyond its quota if its zone needs it. */
    private boolean fill(Replicas replicas, Map<NodeId, Integer> room) {
      NodeId best =
          takers.stream()
              .filter(node -> holders.containsKey(node) && !replicas.nodes.contains(node))
              .min(
                  Comparator.<NodeId, Boolean>comparing(node -> sharesZone(replicas, node, null))
                      .thenComparing(node -> room.getOrDefault(node, 0) <= 0)
                      .thenComparingInt(replicas::rank)
                      .thenComparing(Comparator.naturalOrder()))
              .orElse(null);
      if (best == null) {
        return false;
      }
      replicas.nodes.add(best);
      room.merge(best, -1, Integer::sum);
      return true;
    }

    /** Whether another replica than the one that goes is in the node's zone. */
    private boolean sharesZone(Replicas replicas, NodeId node, @Nullable NodeId going) {
      String zone = zone(node);
      for (NodeId other : replicas.nodes) {
        if (!other.equals(going) && !other.equals(node) && zone(other).equals(zone)) {
          return true;
        }
      }
      return false;
    }

    private String zone(NodeId node) {
      MemberView member = holders.get(node);
      return member == null ? "" : member.zone();
    }

    private @Nullable Replicas replicaStep(NodeId giver, NodeId taker) {
      return all.stream()
          .filter(one -> one.nodes.contains(giver) && !one.nodes.contains(taker))
          .filter(one -> !sharesZone(one, taker, giver) || sharesZone(one, giver, null))
          .min(
              Comparator.<Replicas, Boolean>comparing(one -> sharesZone(one, taker, giver))
                  .thenComparingInt(one -> one.rank(taker))
                  .thenComparing(one -> giver.equals(one.primary))
                  .thenComparingInt(one -> one.shard))
          .orElse(null);
    }

    private void spreadPrimaries() {
      Map<NodeId, Integer> held = new TreeMap<>();
      for (Replicas one : all) {
        if (one.primary != null && one.nodes.contains(one.primary)) {
          held.merge(one.primary, 1, Integer::sum);
        } else {
          one.primary = null;
        }
      }
      Map<NodeId, Integer> room = room(Quotas.share(shards, weights, held), held);
      for (Replicas one : all) {
        if (one.primary == null && !one.nodes.isEmpty()) {
          NodeId best =
              Collections.min(
                  one.nodes,
                  Comparator.<NodeId, Boolean>comparing(node -> room.getOrDefault(node, 0) <= 0)
                      .thenComparingInt(one::rank)
                      .thenComparing(Comparator.naturalOrder()));
          one.primary = best;
          room.merge(best, -1, Integer::sum);
        }
      }
      flow(room, this::primaryStep);
    }

    private @Nullable Replicas primaryStep(NodeId giver, NodeId taker) {
      return all.stream()
          .filter(one -> giver.equals(one.primary) && one.nodes.contains(taker))
          .min(
              Comparator.<Replicas>comparingInt(one -> one.rank(taker))
                  .thenComparingInt(one -> one.shard))
          .orElse(null);
    }

    /** One step from a giver to a taker: the shard to be moved, null if there is none. */
    private interface Step {
      @Nullable Replicas of(NodeId giver, NodeId taker);
    }

    /** Moves one at a time from whoever has too many to whoever has too few, while it can. */
    private void flow(Map<NodeId, Integer> room, Step step) {
      Set<NodeId> stuck = new HashSet<>();
      NodeId giver = richest(room, stuck);
      while (giver != null) {
        List<NodeId> path = shortestPath(giver, room, step);
        if (path.isEmpty()) {
          stuck.add(giver);
        } else {
          move(path, room, step);
        }
        giver = richest(room, stuck);
      }
    }

    private static @Nullable NodeId richest(Map<NodeId, Integer> room, Set<NodeId> stuck) {
      return room.entrySet().stream()
          .filter(one -> one.getValue() < 0 && !stuck.contains(one.getKey()))
          .min(Map.Entry.<NodeId, Integer>comparingByValue().thenComparing(Map.Entry::getKey))
          .map(Map.Entry::getKey)
          .orElse(null);
    }

    private List<NodeId> shortestPath(NodeId giver, Map<NodeId, Integer> room, Step step) {
      Map<NodeId, NodeId> cameFrom = new LinkedHashMap<>();
      ArrayDeque<NodeId> open = new ArrayDeque<>(List.of(giver));
      Set<NodeId> met = new HashSet<>(Set.of(giver));
      while (!open.isEmpty()) {
        NodeId at = open.remove();
        if (room.getOrDefault(at, 0) > 0 && !at.equals(giver)) {
          return pathTo(at, giver, cameFrom);
        }
        for (NodeId next : neediestFirst(room)) {
          if (!met.contains(next) && takers.contains(next) && step.of(at, next) != null) {
            met.add(next);
            cameFrom.put(next, at);
            open.add(next);
          }
        }
      }
      return List.of();
    }

    private static List<NodeId> neediestFirst(Map<NodeId, Integer> room) {
      return room.entrySet().stream()
          .sorted(
              Map.Entry.<NodeId, Integer>comparingByValue()
                  .reversed()
                  .thenComparing(Map.Entry::getKey))
          .map(Map.Entry::getKey)
          .toList();
    }

    private static List<NodeId> pathTo(NodeId end, NodeId giver, Map<NodeId, NodeId> cameFrom) {
      List<NodeId> path = new ArrayList<>();
      for (NodeId at = end; at != null; at = at.equals(giver) ? null : cameFrom.get(at)) {
        path.add(0, at);
      }
      return path;
    }

    private void move(List<NodeId> path, Map<NodeId, Integer> room, Step step) {
      // From the end: a step must not take away what an earlier one on the path counts on.
      for (int i = path.size() - 2; i >= 0; i--) {
        NodeId giver = path.get(i);
        NodeId taker = path.get(i + 1);
        Replicas moved = step.of(giver, taker);
        if (moved == null) {
          return;
        }
        if (moved.nodes.contains(taker)) {
          moved.primary = taker;
        } else {
          moved.nodes.remove(giver);
          moved.nodes.add(taker);
        }
        room.merge(giver, 1, Integer::sum);
        room.merge(taker, -1, Integer::sum);
      }
    }
  }
}
