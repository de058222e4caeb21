package io.shardgrid.shard;

import io.shardgrid.key.PlacementEntry;
import io.shardgrid.placement.Authority;
import io.shardgrid.placement.AuthorityPhase;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sees nodes off that have nothing left, and accepts the loss of shards that are lost. */
final class SimOperator {

  private final Simulation simulation;
  private final SimRegisters registers;
  private final SimMembership members;

  SimOperator(Simulation simulation, SimRegisters registers, SimMembership members) {
    this.simulation = simulation;
    this.registers = registers;
    this.members = members;
  }

  /** An entry is committed that is newer than the one before. */
  void committed(@Nullable PlacementEntry before, PlacementEntry entry) {
    if (entry.isLost()) {
      simulation.lost(entry.shard());
    } else if (before != null && before.isLost()) {
      simulation.god.begunAnew(entry.shard(), entry.seat());
    }
  }

  void step() {
    for (SimNode node : simulation.nodes) {
      boolean isDone = node.isLeaving && node.isRunning() && !isNamed(node);
      if (isDone && (!simulation.isFaulty() || registers.mayLose(node, false))) {
        node.crash();
        registers.member(node).authority = null;
        members.remove(node);
      }
    }
    for (int shard = 0; shard < simulation.shards; shard++) {
      PlacementEntry entry = registers.committed(shard);
      if (entry != null && entry.isLost() && simulation.time.chance(0.5)) {
        acceptLoss(shard);
      }
    }
  }

  private boolean isNamed(SimNode node) {
    for (int shard = 0; shard < simulation.shards; shard++) {
      PlacementEntry entry = registers.committed(shard);
      if (entry == null || entry.inSync().contains(node.id)) {
        return true;
      }
    }
    return false;
  }

  /** Asks the authority that governs, for the node with the best stale copy. */
  private void acceptLoss(int shard) {
    List<SimNode> able =
        simulation.holders().stream()
            .filter(node -> node.isRunning() && members.isUp(node))
            .filter(simulation::hearsAuthority)
            .toList();
    SimNode heir =
        able.stream().max(Comparator.comparingLong(node -> staleness(node, shard))).orElse(null);
    for (SimNode host : simulation.members()) {
      Authority authority = host.isRunning() ? registers.member(host).authority : null;
      if (heir != null && authority != null && authority.phase() == AuthorityPhase.GOVERNING) {
        boolean isAccepted =
            authority.acceptLoss(shard, heir.id, simulation.settings.isolation(), host.nanos());
        simulation.time.trace(
            () -> host + " accepts the loss of " + shard + " for " + heir + ": " + isAccepted);
      }
    }
  }

  private static long staleness(SimNode node, int shard) {
    ReplicaState state = node.replicas.get(shard).state();
    return state.holding == Holding.STALE ? state.store.sequence() : -1;
  }
}
