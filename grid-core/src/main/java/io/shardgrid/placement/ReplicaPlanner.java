package io.shardgrid.placement;

import static io.shardgrid.placement.ShardHolders.NONE;

import io.shardgrid.key.MemberView;
import io.shardgrid.key.NodeId;
import io.shardgrid.key.PlacementEntry;
import io.shardgrid.ring.Ring;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
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
   *
   * Nodes are numbers in here, in their order, and what is asked of one node looks at its own shards
   * only: with n nodes and s shards, what is due to be moved is found in O(n log n + s / n) a step.
   * How the ring ranks all nodes is worked out only for shards that a step could take; for all of
   * them it would be n times s numbers.
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

  /** One plan in the making. */
  private final class Plan {

    private final List<NodeId> ids;
    private final Map<NodeId, Integer> numbers = new HashMap<>();
    private final Map<NodeId, Integer> weights = new TreeMap<>();
    private final int[] zones;
    private final boolean[] takes;
    private final Ring ring;
    private final List<ShardHolders> all = new ArrayList<>();

    /** The shards of each node. */
    private final BitSet[] held;

    private final int wanted;

    Plan(PlacementTable current, Collection<MemberView> members, Set<NodeId> takers) {
      Map<NodeId, MemberView> holders = new TreeMap<>();
      members.forEach(member -> holders.put(member.id(), member));
      this.ids = List.copyOf(holders.keySet());
      this.zones = new int[ids.size()];
      this.takes = new boolean[ids.size()];
      this.held = new BitSet[ids.size()];
      Map<String, Integer> zoneNumbers = new HashMap<>();
      for (MemberView member : holders.values()) {
        int number = numbers.size();
        numbers.put(member.id(), number);
        weights.put(member.id(), member.weight());
        zones[number] = zoneNumbers.computeIfAbsent(member.zone(), any -> zoneNumbers.size());
        takes[number] = takers.contains(member.id());
        held[number] = new BitSet(shards);
      }
      this.wanted = Math.min(copies, ids.size());
      this.ring = Ring.of(holders.values().stream().map(Plan::onRing).toList(), virtualNodes);
      for (int shard = 0; shard < shards; shard++) {
        ShardHolders one = new ShardHolders(shard, wanted, this::ranks);
        all.add(one);
        keep(one, current.entry(shard));
      }
    }

    private static Ring.Member onRing(MemberView member) {
      return new Ring.Member(member.id(), member.name(), member.zone(), member.weight());
    }

    /**
     * All nodes in the order in which the ring prefers them; behind them those it does not have.
     */
    private int[] preference(int shard) {
      List<NodeId> preferred = ring.preference(shard);
      int[] order = new int[ids.size()];
      int count = 0;
      for (NodeId node : preferred) {
        order[count++] = number(node);
      }
      for (int node = 0; count < order.length && node < order.length; node++) {
        if (weights.getOrDefault(ids.get(node), 0) == 0) {
          order[count++] = node;
        }
      }
      return order;
    }

    private int[] ranks(int shard) {
      int[] order = preference(shard);
      int[] ranks = new int[order.length];
      for (int rank = 0; rank < order.length; rank++) {
        ranks[order[rank]] = rank;
      }
      return ranks;
    }

    private int number(@Nullable NodeId node) {
      return node == null ? NONE : numbers.getOrDefault(node, NONE);
    }

    private void add(ShardHolders one, int node) {
      one.add(node);
      held[node].set(one.shard());
    }

    /** What is there stays: the primary first, then what the ring prefers. */
    private void keep(ShardHolders one, @Nullable PlacementEntry entry) {
      if (entry == null) {
        return;
      }
      int primary = number(entry.primary());
      if (primary != NONE) {
        one.name(primary);
        add(one, primary);
      }
      List<Integer> others = new ArrayList<>();
      for (NodeId node : entry.inSync()) {
        int other = number(node);
        if (other != NONE && other != primary) {
          others.add(other);
        }
      }
      if (others.size() > 1) {
        others.sort(Comparator.comparingInt(one::rank));
      }
      others.stream().filter(other -> !one.isFull()).forEach(other -> add(one, other));
    }

    List<Goal> goals() {
      spreadReplicas();
      spreadPrimaries();
      List<Goal> goals = new ArrayList<>();
      for (ShardHolders one : all) {
        if (one.primary() != NONE) {
          List<NodeId> replicas =
              Arrays.stream(one.primaryFirst()).<NodeId>mapToObj(ids::get).toList();
          goals.add(new Goal(one.shard(), replicas));
        }
      }
      return goals;
    }

    private void spreadReplicas() {
      int[] counts = Arrays.stream(held).mapToInt(BitSet::cardinality).toArray();
      int[] room = room(replicaQuotas(byNode(counts)), counts);
      for (ShardHolders one : all) {
        if (!one.isFull()) {
          int[] preference = preference(one.shard());
          while (!one.isFull() && fill(one, preference, room)) {
            // One more is there.
          }
        }
      }
      new Flow(room, takes, this::replicaStep).run(this::moveReplica);
    }

    private Map<NodeId, Integer> byNode(int[] counts) {
      Map<NodeId, Integer> byNode = new TreeMap<>();
      for (int node = 0; node < counts.length; node++) {
        byNode.put(ids.get(node), counts[node]);
      }
      return byNode;
    }

    /** Each node's share of all replicas; what is beyond one of each shard goes to the others. */
    private Map<NodeId, Integer> replicaQuotas(Map<NodeId, Integer> counts) {
      Map<NodeId, Integer> quotas = new TreeMap<>();
      Map<NodeId, Integer> open = new TreeMap<>(weights);
      int left = shards * wanted;
      boolean isCapped = true;
      while (isCapped && !open.isEmpty()) {
        isCapped = false;
        for (Map.Entry<NodeId, Integer> share : Quotas.share(left, open, counts).entrySet()) {
          if (share.getValue() > shards) {
            quotas.put(share.getKey(), shards);
            open.remove(share.getKey());
            left -= shards;
            isCapped = true;
          }
        }
      }
      if (!open.isEmpty()) {
        quotas.putAll(Quotas.share(left, open, counts));
      }
      return quotas;
    }

    private int[] room(Map<NodeId, Integer> quotas, int[] counts) {
      int[] room = new int[counts.length];
      for (int node = 0; node < room.length; node++) {
        room[node] = quotas.getOrDefault(ids.get(node), 0) - counts[node];
      }
      return room;
    }

    /** Puts a missing replica onto the best node; beyond its quota if its zone needs it. */
    private boolean fill(ShardHolders one, int[] preference, int[] room) {
      int best = NONE;
      int least = Integer.MAX_VALUE;
      for (int i = 0; i < preference.length && least > 0; i++) {
        int node = preference[i];
        if (takes[node] && !one.has(node)) {
          int drawbacks = (sharesZone(one, node, NONE) ? 2 : 0) + (room[node] <= 0 ? 1 : 0);
          if (drawbacks < least) {
            least = drawbacks;
            best = node;
          }
        }
      }
      if (best == NONE) {
        return false;
      }
      add(one, best);
      room[best]--;
      return true;
    }

    /** Whether another replica than the one that goes is in the node's zone. */
    private boolean sharesZone(ShardHolders one, int node, int going) {
      int zone = zones[node];
      for (int i = 0; i < one.count(); i++) {
        int other = one.node(i);
        if (other != going && other != node && zones[other] == zone) {
          return true;
        }
      }
      return false;
    }

    private @Nullable ShardHolders replicaStep(int giver, int taker) {
      ShardHolders best = null;
      boolean isBestShared = true;
      BitSet own = held[giver];
      for (int shard = own.nextSetBit(0); shard >= 0; shard = own.nextSetBit(shard + 1)) {
        ShardHolders one = all.get(shard);
        boolean isShared = sharesZone(one, taker, giver);
        boolean isAllowed =
            !one.has(taker) && (!isShared || (isBestShared && sharesZone(one, giver, NONE)));
        if (isAllowed
            && (best == null || isShared != isBestShared || isBefore(one, best, giver, taker))) {
          best = one;
          isBestShared = isShared;
        }
      }
      return best;
    }

    /** Of two shards in this order, whether the later one is rather to be taken. */
    private static boolean isBefore(ShardHolders one, ShardHolders other, int giver, int taker) {
      int difference = one.rank(taker) - other.rank(taker);
      return difference < 0
          || (difference == 0 && one.primary() != giver && other.primary() == giver);
    }

    private void moveReplica(ShardHolders one, int giver, int taker) {
      one.replace(giver, taker);
      held[giver].clear(one.shard());
      held[taker].set(one.shard());
    }

    private void spreadPrimaries() {
      int[] counts = new int[ids.size()];
      for (ShardHolders one : all) {
        if (!one.has(one.primary())) {
          one.name(NONE);
        } else {
          counts[one.primary()]++;
        }
      }
      int[] room = room(Quotas.share(shards, weights, byNode(counts)), counts);
      for (ShardHolders one : all) {
        if (one.primary() == NONE && one.count() > 0) {
          int best = firstPrimary(one, room);
          one.name(best);
          room[best]--;
        }
      }
      new Flow(room, takes, this::primaryStep).run((one, giver, taker) -> one.name(taker));
    }

    private static int firstPrimary(ShardHolders one, int[] room) {
      int best = one.node(0);
      for (int i = 1; i < one.count(); i++) {
        int node = one.node(i);
        int byRoom = Boolean.compare(room[node] <= 0, room[best] <= 0);
        if (byRoom < 0 || (byRoom == 0 && one.rank(node) < one.rank(best))) {
          best = node;
        }
      }
      return best;
    }

    private @Nullable ShardHolders primaryStep(int giver, int taker) {
      ShardHolders best = null;
      BitSet own = held[giver];
      for (int shard = own.nextSetBit(0); shard >= 0; shard = own.nextSetBit(shard + 1)) {
        ShardHolders one = all.get(shard);
        if (one.primary() == giver
            && one.has(taker)
            && (best == null || one.rank(taker) < best.rank(taker))) {
          best = one;
        }
      }
      return best;
    }
  }
}
