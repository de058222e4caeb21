package io.shardgrid.shard;

import io.shardgrid.key.NodeId;
import io.shardgrid.key.PlacementEntry;
import io.shardgrid.wire.Answer;
import io.shardgrid.wire.AnswerSink;
import io.shardgrid.wire.Operation;
import io.shardgrid.wire.replica.LoggedWrite;
import io.shardgrid.wire.replica.ReplicaMessage;

/** Carries out what one replica of the simulation decides. */
final class SimEffects implements ReplicaEffects {

  private final Simulation simulation;
  private final SimNode node;
  private final int shard;

  SimEffects(Simulation simulation, SimNode node, int shard) {
    this.simulation = simulation;
    this.node = node;
    this.shard = shard;
  }

  @Override
  public long nowNanos() {
    return node.nanos();
  }

  @Override
  public void answer(Operation operation, AnswerSink to, Answer answer) {
    simulation.god.answering(node, shard, operation, answer);
    simulation.stores.answering(shard, operation, answer);
    to.answered(operation, answer);
  }

  @Override
  public void drop(Operation operation, AnswerSink to) {
    to.dropped(operation);
  }

  @Override
  public void toldElsewhere(Operation operation, AnswerSink to, Answer answer) {
    simulation.god.requireTold(node, operation);
    to.dropped(operation);
  }

  @Override
  public void tellOwn(int ofShard, LoggedWrite write) {
    LoggedWrite.Origin origin = write.origin();
    if (origin != null && origin.client() == node.router.client()) {
      simulation.god.telling(node, shard, write);
      simulation.stores.telling(shard, write);
      node.schedule(
          simulation.time.nowNanos(),
          () -> node.router.answered(shard, origin.seq(), origin.answer()));
    }
  }

  @Override
  public boolean isKnownToRead(String rule) {
    return simulation.rules.isKnownToRead(rule);
  }

  @Override
  public void invoke(Invocation invocation, Operation operation) {
    node.schedule(
        simulation.time.nowNanos() + simulation.rules.delayNanos(),
        () ->
            node.returned(shard, new ErrandResult.Ruled(invocation, SimRules.decide(invocation))));
  }

  @Override
  public void ask(StoreErrand errand) {
    if (errand instanceof StoreErrand.Write) {
      simulation.god.handingToStore(node, shard);
    }
    simulation.stores.ask(node, shard, errand);
  }

  @Override
  public void send(NodeId to, ReplicaMessage message) {
    if (message instanceof ReplicaMessage.CopyAck ack
        && ack.verdict() == ReplicaMessage.Verdict.DIFFERENT) {
      throw new SimViolation("R6 a copy is whole and wrong: " + node + " " + ack);
    }
    SimNode target = simulation.node(to);
    if (message instanceof ReplicaMessage.Yield yield) {
      simulation.god.yielding(node, shard, yield.length());
    } else if (message instanceof ReplicaMessage.Copy) {
      simulation.faults.copying(node, target);
    }
    boolean isControl = message instanceof ReplicaMessage.Yield;
    simulation.time.trace(() -> node + " -> " + target + " " + SimTrace.brief(message));
    ReplicaMessage sent = simulation.faults.perhapsDamaged(message);
    simulation.links.send(
        node,
        target,
        isControl ? SimLinks.Lane.CONTROL : SimLinks.Lane.DATA,
        () -> target.receive(node, sent));
  }

  @Override
  public void addInSync(PlacementEntry base, NodeId added) {
    simulation.faults.adding(base);
    simulation.authority.request(node, base, added, true);
  }

  @Override
  public void removeInSync(PlacementEntry base, NodeId removed) {
    simulation.authority.request(node, base, removed, false);
  }

  @Override
  public void placed(PlacementEntry entry) {
    node.schedule(simulation.time.nowNanos(), () -> node.router.placed(entry));
  }

  @Override
  public void taken(PlacementEntry entry) {
    simulation.time.trace(() -> node + " takes " + entry);
    simulation.god.taken(node, entry);
  }

  @Override
  public void diverged(NodeId other, long seq) {
    throw new SimViolation("R10 replica diverged: node=%s, seq=%d".formatted(other, seq));
  }

  @Override
  public void copyMoved(CopyState from, Survey.Filling copy) {
    simulation.time.trace(
        () -> "%s copy of %d to %s: %s".formatted(node, shard, copy.target().host(), copy.state()));
  }

  @Override
  public void handedOver(long seat, long pauseNanos) {
    simulation.time.trace(() -> "%s handed %d over: %d ns".formatted(node, shard, pauseNanos));
  }
}
