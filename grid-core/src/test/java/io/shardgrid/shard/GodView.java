package io.shardgrid.shard;

import io.shardgrid.key.NodeId;
import io.shardgrid.key.PlacementEntry;
import io.shardgrid.wire.Answer;
import io.shardgrid.wire.Operation;
import io.shardgrid.wire.replica.LoggedWrite;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Sees all replicas at once, and asserts at each event what must hold at every moment. */
final class GodView {

  private final Simulation simulation;
  private final Map<Seat, NodeId> seats = new HashMap<>();

  /** For each shard, the seat of every committed write by its number. */
  private final Map<Integer, TreeMap<Long, Long>> chains = new HashMap<>();

  private final Map<Replica, Seen> seen = new HashMap<>();

  private record Seat(int shard, long seat) {}

  private record Replica(int node, int shard) {}

  /** What was seen of one replica. */
  private static final class Seen {
    private final TreeMap<Long, Long> log = new TreeMap<>();
    private long commit;
  }

  GodView(Simulation simulation) {
    this.simulation = simulation;
  }

  /** I1: a seat is taken once. */
  void taken(SimNode node, PlacementEntry entry) {
    NodeId before = seats.putIfAbsent(new Seat(entry.shard(), entry.seat()), node.id);
    require(before == null, "I1 a seat is taken twice", node, entry.shard());
    simulation.seatTaken(node);
  }

  /** After every input of a replica. */
  void looked(SimNode node, int shard, ShardReplica replica) {
    ReplicaState state = replica.state();
    Seen last = seen.computeIfAbsent(new Replica(node.number, shard), any -> new Seen());
    if (!state.holding.isWhole()) {
      last.log.clear();
      last.commit = 0;
      return;
    }
    require(state.commit >= last.commit, "I9 commit falls", node, shard);
    noteLog(state, last);
    noteCommits(node, shard, state, last);
    checkRequired(node, shard, replica);
  }

  private static void noteLog(ReplicaState state, Seen last) {
    ReplicaLog log = state.log;
    last.log.tailMap(log.length(), false).clear();
    for (long seq = log.length(); seq > log.base(); seq--) {
      LoggedWrite write = log.at(seq);
      Long before = last.log.put(seq, write.seat());
      if (before != null && before == write.seat() && seq <= state.commit) {
        return;
      }
    }
  }

  /** I4: committed writes form one chain. */
  private void noteCommits(SimNode node, int shard, ReplicaState state, Seen last) {
    Map<Long, Long> chain = chain(shard);
    for (long seq = last.commit + 1; seq <= state.commit; seq++) {
      Long seat = last.log.get(seq);
      Long before = seat == null ? null : chain.putIfAbsent(seq, seat);
      require(before == null || before.equals(seat), "I4 two committed writes " + seq, node, shard);
    }
    last.commit = state.commit;
  }

  /** I6: the primary requires all that the placement may name. */
  private void checkRequired(SimNode node, int shard, ShardReplica replica) {
    PrimarySide primary = replica.primary();
    PlacementEntry committed = simulation.authority.committed(shard);
    if (primary == null || committed == null || committed.seat() != replica.state().seat) {
      return;
    }
    for (NodeId member : committed.inSync()) {
      require(
          member.equals(node.id) || primary.required().contains(member),
          "I6 not required: " + member,
          node,
          shard);
    }
  }

  /** I2 and I3: at the moment when an operation is answered. */
  void answering(SimNode node, int shard, Operation operation, Answer answer) {
    if (answer.isRefusal() || answer.kind() == Answer.Kind.FAILED) {
      return;
    }
    ReplicaState state = node.replicas.get(shard).state();
    if (operation.request().kind().isWrite()) {
      checkSpread(node, shard, state.commit);
    } else {
      for (SimNode other : simulation.nodes) {
        ShardReplica replica = other.replicas.get(shard);
        require(
            other.isDead || replica.primary() == null || replica.state().seat <= state.seat,
            "I3 a read is answered while " + other + " acts",
            node,
            shard);
      }
    }
  }

  private void checkSpread(SimNode node, int shard, long commit) {
    Map<Long, Long> chain = chain(shard);
    PlacementEntry committed = simulation.authority.committed(shard);
    for (NodeId member : committed == null ? List.<NodeId>of() : committed.inSync()) {
      SimNode other = simulation.node(member);
      ReplicaState state = other.replicas.get(shard).state();
      Seen last = seen.get(new Replica(other.number, shard));
      if (other.isDead || last == null) {
        continue;
      }
      require(
          state.log.length() >= commit, "I2 an answered write is not at " + member, node, shard);
      Long seat = last.log.get(commit);
      require(
          seat == null || seat.equals(chain.getOrDefault(commit, seat)),
          "I2 another write is at " + member,
          node,
          shard);
    }
  }

  private Map<Long, Long> chain(int shard) {
    return chains.computeIfAbsent(shard, any -> new TreeMap<>());
  }

  private static void require(boolean holds, String what, SimNode node, int shard) {
    if (!holds) {
      throw new SimViolation("%s: node=%s, shard=%d".formatted(what, node, shard));
    }
  }
}
