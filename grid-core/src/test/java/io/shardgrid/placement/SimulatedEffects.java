package io.shardgrid.placement;

import io.shardgrid.key.NodeId;
import io.shardgrid.key.PlacementEntry;
import io.shardgrid.placement.RegisterMessage.Accepted;
import io.shardgrid.placement.RegisterMessage.Promise;
import io.shardgrid.placement.RegisterMessage.Refused;
import io.shardgrid.placement.RegisterMessage.Reply;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Sends what an authority says over the simulated network, and checks it. */
final class SimulatedEffects implements AuthorityEffects {

  private final SimulatedNode host;
  private final SimulatedCluster cluster;
  private final SimulatedNetwork network;
  private @Nullable Authority authority;

  SimulatedEffects(SimulatedNode host, SimulatedCluster cluster, SimulatedNetwork network) {
    this.host = host;
    this.cluster = cluster;
    this.network = network;
  }

  void serve(Authority served) {
    authority = served;
  }

  @Override
  public void sendRegister(NodeId to, RegisterMessage.Request request) {
    SimulatedNode target = target(to);
    network.send(host, target, () -> answer(target, target.register.receive(request)));
  }

  private void answer(SimulatedNode from, Reply reply) {
    network.trace(() -> from.self.name() + " -> " + host.self.name() + " " + reply);
    reply(
        from,
        there -> {
          if (reply instanceof Promise promise) {
            there.promised(from.id, promise);
          } else if (reply instanceof Accepted accepted) {
            there.accepted(from.id, accepted);
          } else {
            there.refused(from.id, (Refused) reply);
          }
        });
  }

  @Override
  public void sendPlaced(NodeId to, Placed placed) {
    cluster.ledger.told(placed);
    SimulatedNode target = target(to);
    network.send(host, target, () -> target.placed(placed, host));
  }

  @Override
  public void askCopy(NodeId primary, int shard, long seat, NodeId target) {
    SimulatedNode source = target(primary);
    network.send(host, source, () -> source.copyTo(shard, seat, target));
  }

  @Override
  public void cancelCopy(NodeId primary, int shard, NodeId target) {
    network.trace(() -> host.self.name() + " calls a copy off: " + shard);
  }

  @Override
  public void sendPause(NodeId to, PauseMark pause) {
    SimulatedNode target = target(to);
    network.send(host, target, () -> target.remember(pause));
  }

  @Override
  public void committed(List<PlacementEntry> entries) {
    network.trace(() -> host.self.name() + " commits " + entries);
    Authority by = Objects.requireNonNull(authority);
    cluster.ledger.committed(by, entries, node -> target(node).register);
  }

  @Override
  public void kept(Memo memo) {
    network.trace(() -> host.self.name() + " keeps " + memo);
    Authority by = Objects.requireNonNull(authority);
    cluster.ledger.kept(by, memo, node -> target(node).register);
  }

  @Override
  public void moved(AuthorityPhase from, AuthorityPhase to) {
    network.trace(() -> host.self.name() + " moves from " + from + " to " + to);
    if (from == AuthorityPhase.REWRITING && to == AuthorityPhase.GOVERNING) {
      cluster.ledger.rewritten(Objects.requireNonNull(authority));
    }
  }

  @Override
  public void end(String reason) {
    network.trace(() -> host.self.name() + " ends: " + reason);
    host.authority = null;
  }

  /** Whatever authority is there when the message arrives gets it. */
  private void reply(SimulatedNode from, Consumer<Authority> input) {
    network.send(
        from,
        host,
        () -> {
          if (host.authority != null) {
            input.accept(host.authority);
          }
        });
  }

  private SimulatedNode target(NodeId id) {
    return Objects.requireNonNull(cluster.node(id));
  }
}
