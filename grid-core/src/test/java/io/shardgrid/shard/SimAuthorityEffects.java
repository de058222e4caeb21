package io.shardgrid.shard;

import io.shardgrid.key.NodeId;
import io.shardgrid.key.PlacementEntry;
import io.shardgrid.placement.Authority;
import io.shardgrid.placement.AuthorityEffects;
import io.shardgrid.placement.AuthorityPhase;
import io.shardgrid.placement.Memo;
import io.shardgrid.placement.PauseMark;
import io.shardgrid.placement.Placed;
import io.shardgrid.placement.RegisterMessage;
import java.util.List;

/** What one authority says, to registers and members that hear it later or never. */
final class SimAuthorityEffects implements AuthorityEffects {

  private final Simulation simulation;
  private final SimRegisters registers;
  private final SimNode host;

  SimAuthorityEffects(Simulation simulation, SimRegisters registers, SimNode host) {
    this.simulation = simulation;
    this.registers = registers;
    this.host = host;
  }

  @Override
  public void sendRegister(NodeId to, RegisterMessage.Request request) {
    SimNode target = simulation.node(to);
    if (request instanceof RegisterMessage.Accept accept) {
      registers.proposed(accept.entries());
    }
    simulation.links.send(
        host,
        target,
        SimLinks.Lane.CONTROL,
        () -> {
          RegisterMessage.Reply reply = registers.member(target).register.receive(request);
          simulation.links.send(
              target, host, SimLinks.Lane.CONTROL, () -> replied(target.id, reply));
        });
  }

  private void replied(NodeId from, RegisterMessage.Reply reply) {
    Authority there = registers.member(host).authority;
    if (there == null) {
      return;
    }
    if (reply instanceof RegisterMessage.Promise promise) {
      there.promised(from, promise);
    } else if (reply instanceof RegisterMessage.Accepted accepted) {
      there.accepted(from, accepted);
    } else {
      there.refused(from, (RegisterMessage.Refused) reply);
    }
  }

  @Override
  public void sendPlaced(NodeId to, Placed placed) {
    SimNode target = simulation.node(to);
    simulation.links.send(
        host, target, SimLinks.Lane.CONTROL, () -> registers.placed(target, host, placed));
  }

  @Override
  public void askCopy(NodeId primary, int shard, long seat, NodeId target) {
    SimNode source = simulation.node(primary);
    simulation.links.send(
        host,
        source,
        SimLinks.Lane.CONTROL,
        () -> {
          if (source.replicas.get(shard).state().seat == seat) {
            source.copyTo(shard, simulation.node(target));
          }
        });
  }

  @Override
  public void cancelCopy(NodeId primary, int shard, NodeId target) {
    SimNode source = simulation.node(primary);
    simulation.links.send(
        host,
        source,
        SimLinks.Lane.CONTROL,
        () -> source.cancelCopy(shard, simulation.node(target)));
  }

  @Override
  public void sendPause(NodeId to, PauseMark pause) {
    // Nobody steers here.
  }

  @Override
  public void committed(List<PlacementEntry> entries) {
    entries.forEach(entry -> registers.committed(host, entry));
  }

  @Override
  public void kept(Memo memo) {}

  @Override
  public void moved(AuthorityPhase from, AuthorityPhase to) {
    simulation.time.trace(() -> host + " authority: " + to);
  }

  @Override
  public void end(String reason) {
    simulation.time.trace(() -> host + " authority ends: " + reason);
    registers.ended(host, this);
  }
}
