package io.shardgrid.shard;

import static java.util.Objects.requireNonNull;

import io.shardgrid.key.NodeId;
import io.shardgrid.key.PlacementEntry;
import io.shardgrid.wire.Answer;
import io.shardgrid.wire.Operation;
import io.shardgrid.wire.Request;
import io.shardgrid.wire.replica.LoggedWrite;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Sees all replicas at once, and asserts at each event what must hold at every moment. */
final class GodView {

  private final Simulation simulation;
  private final Map<Seat, NodeId> seats = new HashMap<>();

  /** For each shard, the seat of every committed write by its number. */
  private final Map<Integer, SeatChain> chains = new HashMap<>();

  private final Map<Replica, Seen> seen = new HashMap<>();

  /** For each shard that began anew after a loss, the seat in which it did. */
  private final Map<Integer, Long> begun = new HashMap<>();

  /** For each shard, the last write that was told to be done. */
  private final Map<Integer, Long> answered = new HashMap<>();

  /** Operations that backups have told of. */
  private final Set<Told> told = new HashSet<>();

  /** Writes that clients asked for: what stores load is numbered as well. */
  private final Set<Asked> asked = new HashSet<>();

  private final SimVisibility visibility = new SimVisibility();

  private record Seat(int shard, long seat) {}

  private record Told(int shard, long client, long seq) {}

  private record Asked(int shard, long seat, long seq) {}

  private record Replica(int node, int shard) {}

  /** What was seen of one replica. */
  private static final class Seen {
    private final SeatChain log = new SeatChain();
    private long commit;
    private long wallMillis;
    private long drainingSeat;
    private long drainedAt;
  }

  GodView(Simulation simulation) {
    this.simulation = simulation;
  }

  /** I1: a seat is taken once. */
  void taken(SimNode node, PlacementEntry entry) {
    NodeId before = seats.putIfAbsent(new Seat(entry.shard(), entry.seat()), node.id);
    require(before == null, "I1 a seat is taken twice", node, entry.shard());
    simulation.faults.seatTaken(node, entry.shard());
  }

  /** The loss of a shard was accepted: nothing of what it was counts any more. */
  void begunAnew(int shard, long seat) {
    begun.put(shard, seat);
    chains.remove(shard);
    answered.remove(shard);
  }

  private boolean isOfOldShard(ReplicaState state, int shard) {
    return state.seat < begun.getOrDefault(shard, 0L);
  }

  /** After every input of a replica. */
  void looked(SimNode node, int shard, ShardReplica replica) {
    ReplicaState state = replica.state();
    Seen last = seen.computeIfAbsent(new Replica(node.number, shard), any -> new Seen());
    checkForgotten(node, shard, state);
    require(state.store.wallMillis() >= last.wallMillis, "the wall time falls", node, shard);
    last.wallMillis = state.store.wallMillis();
    if (!state.holding.isWhole() || isOfOldShard(state, shard)) {
      last.log.cutAbove(0);
      last.commit = 0;
      return;
    }
    require(state.commit >= last.commit, "I9 commit falls", node, shard);
    boolean isNews = state.commit > last.commit;
    noteLog(shard, state, last);
    noteCommits(node, shard, state, last);
    checkKept(node, shard, state, last);
    PrimarySide primary = replica.primary();
    if (primary != null) {
      checkRequired(node, shard, replica);
      checkDrain(node, shard, state, last, primary.isDraining());
      if (isNews) {
        checkSpread(node, shard, state.commit);
      }
    }
  }

  /** R3: a copy of another seat than the placement's is not kept. */
  private static void checkForgotten(SimNode node, int shard, ReplicaState state) {
    boolean isLeft =
        state.holding == Holding.LEARNT
            && state.placement != null
            && state.placement.seat() != state.seat;
    require(!isLeft, "R3 a learner of an older seat", node, shard);
  }

  /** I2 at every moment: whoever the placement names has what was answered, and has it whole. */
  private void checkKept(SimNode node, int shard, ReplicaState state, Seen last) {
    PlacementEntry committed = simulation.authority.committed(shard);
    if (committed != null && committed.inSync().contains(node.id)) {
      long kept = answered.getOrDefault(shard, 0L);
      require(state.log.length() >= kept, "I2 an answered write was cut", node, shard);
      checkSame(node, shard, kept, last);
    }
  }

  /** R5b: a seat that drains numbers nothing. */
  private static void checkDrain(
      SimNode node, int shard, ReplicaState state, Seen last, boolean isDraining) {
    if (isDraining && last.drainingSeat == state.seat) {
      require(state.log.length() == last.drainedAt, "R5b a write while draining", node, shard);
    }
    last.drainingSeat = isDraining ? state.seat : 0;
    last.drainedAt = state.log.length();
  }

  /** R5b: a seat is yielded when all of it is committed. */
  void yielding(SimNode node, int shard, long length) {
    ReplicaState state = node.replicas.get(shard).state();
    require(
        state.commit >= length && node.replicas.get(shard).primary() == null,
        "R5b a seat is yielded before its end",
        node,
        shard);
  }

  private void noteLog(int shard, ReplicaState state, Seen last) {
    ReplicaLog log = state.log;
    last.log.cutAbove(log.length());
    for (long seq = log.length(); seq > log.base(); seq--) {
      LoggedWrite write = log.at(seq);
      boolean isKnown = last.log.seat(seq) == write.seat();
      last.log.put(seq, write.seat());
      if (write.origin() != null) {
        asked.add(new Asked(shard, write.seat(), seq));
      }
      if (isKnown && seq <= state.commit) {
        return;
      }
    }
  }

  /** I4: committed writes form one chain. */
  private void noteCommits(SimNode node, int shard, ReplicaState state, Seen last) {
    SeatChain chain = chain(shard);
    for (long seq = last.commit + 1; seq <= state.commit; seq++) {
      long seat = last.log.seat(seq);
      checkSame(node, shard, seq, last);
      if (seat != 0) {
        chain.put(seq, seat);
      }
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
      if (!member.equals(node.id) && !primary.required().contains(member)) {
        throw violation("I6 not required: " + member, node, shard);
      }
    }
  }

  void arrived(SimNode node, Operation operation) {
    visibility.arrived(operation, node.replicas.get(operation.shard()));
  }

  /** I2 and I3: at the moment when an operation is answered. */
  void answering(SimNode node, int shard, Operation operation, Answer answer) {
    if (answer.isRefusal() || answer.kind() == Answer.Kind.FAILED) {
      return;
    }
    ReplicaState state = node.replicas.get(shard).state();
    require(!visibility.isTooEarly(operation, state), "R8 not committed", node, shard);
    require(!isOfOldShard(state, shard), "R9 an answer of a lost reign", node, shard);
    boolean isReading =
        operation.request() instanceof Request.Invoke invoke
            && simulation.rules.isKnownToRead(invoke.rule());
    if (operation.request().kind().isWrite()) {
      checkSpread(node, shard, state.commit);
      answered.merge(shard, state.commit, Math::max);
    }
    if (isReading || !operation.request().kind().isWrite()) {
      requireSole("I3 a read is answered while another acts", node, shard);
    }
  }

  /** I3 of stores: a write is handed to one by whoever acts alone, as a read is answered. */
  void handingToStore(SimNode node, int shard) {
    requireSole("I3 a store is called while another acts", node, shard);
  }

  private void requireSole(String what, SimNode node, int shard) {
    long seat = node.replicas.get(shard).state().seat;
    for (SimNode other : simulation.nodes) {
      ShardReplica replica = other.replicas.get(shard);
      if (!other.isDead && replica.primary() != null && replica.state().seat > seat) {
        throw violation(what + ": " + other, node, shard);
      }
    }
  }

  /** I2: at the moment when a backup tells of a write that it has just logged. */
  void telling(SimNode node, int shard, LoggedWrite write) {
    LoggedWrite.Origin origin = requireNonNull(write.origin());
    told.add(new Told(shard, origin.client(), origin.seq()));
    require(
        !isOfOldShard(node.replicas.get(shard).state(), shard),
        "R9 an answer of a lost reign",
        node,
        shard);
    checkSpread(node, shard, write.seq());
    answered.merge(shard, write.seq(), Math::max);
  }

  /** Whoever is not answered, since a backup has told it, was told. */
  void requireTold(SimNode node, Operation operation) {
    Told wanted = new Told(operation.shard(), operation.client(), operation.seq());
    if (!told.contains(wanted)) {
      throw violation("R2a nobody tells " + wanted, node, operation.shard());
    }
  }

  private void checkSpread(SimNode node, int shard, long commit) {
    PlacementEntry committed = simulation.authority.committed(shard);
    for (NodeId member : committed == null ? List.<NodeId>of() : committed.inSync()) {
      SimNode other = simulation.node(member);
      ReplicaState state = other.replicas.get(shard).state();
      Seen last = seen.get(new Replica(other.number, shard));
      if (other.isDead || last == null || isOfOldShard(state, shard)) {
        continue;
      }
      if (state.log.length() < commit) {
        throw violation("I2 a committed write is not at " + member, node, shard);
      }
      checkSame(other, shard, commit, last);
    }
  }

  private void checkSame(SimNode node, int shard, long seq, Seen last) {
    long seat = last.log.seat(seq);
    long wanted = chain(shard).seat(seq);
    require(seat == wanted || seat == 0 || wanted == 0, "I4 two writes of one number", node, shard);
  }

  /** Whether the committed write of this number is known to be one that a client asked for. */
  boolean isAsked(int shard, long seq) {
    return asked.contains(new Asked(shard, chain(shard).seat(seq), seq));
  }

  private SeatChain chain(int shard) {
    return chains.computeIfAbsent(shard, any -> new SeatChain());
  }

  private static void require(boolean holds, String what, SimNode node, int shard) {
    if (!holds) {
      throw violation(what, node, shard);
    }
  }

  private static SimViolation violation(String what, SimNode node, int shard) {
    return new SimViolation("%s: node=%s, shard=%d".formatted(what, node, shard));
  }
}
