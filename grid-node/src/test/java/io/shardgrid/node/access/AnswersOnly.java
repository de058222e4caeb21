package io.shardgrid.node.access;

import io.shardgrid.key.NodeId;
import io.shardgrid.key.PlacementEntry;
import io.shardgrid.shard.CopyState;
import io.shardgrid.shard.Invocation;
import io.shardgrid.shard.ReplicaEffects;
import io.shardgrid.shard.StoreErrand;
import io.shardgrid.shard.Survey;
import io.shardgrid.wire.Answer;
import io.shardgrid.wire.AnswerSink;
import io.shardgrid.wire.Operation;
import io.shardgrid.wire.replica.LoggedWrite;
import io.shardgrid.wire.replica.ReplicaMessage;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Effects of a cluster of one node: there is nobody else to tell. Confined to one call of a
 * replica.
 */
final class AnswersOnly implements ReplicaEffects {

  /** What rules are to decide about. */
  final Queue<Invocation> invocations = new ArrayDeque<>();

  @Override
  public long nowNanos() {
    return System.nanoTime();
  }

  @Override
  public void answer(Operation operation, AnswerSink to, Answer answer) {
    to.answered(operation, answer);
  }

  @Override
  public void drop(Operation operation, AnswerSink to) {
    to.dropped(operation);
  }

  @Override
  public void tellOwn(int shard, LoggedWrite write) {}

  @Override
  public boolean isKnownToRead(String rule) {
    return false;
  }

  @Override
  public void invoke(Invocation invocation, Operation operation) {
    invocations.add(invocation);
  }

  @Override
  public void ask(StoreErrand errand) {
    throw new AssertionError("no map has a store: " + errand);
  }

  @Override
  public void send(NodeId to, ReplicaMessage message) {}

  @Override
  public void addInSync(PlacementEntry base, NodeId node) {}

  @Override
  public void removeInSync(PlacementEntry base, NodeId node) {}

  @Override
  public void placed(PlacementEntry entry) {}

  @Override
  public void diverged(NodeId node, long seq) {}

  @Override
  public void copyMoved(CopyState from, Survey.Filling copy) {}

  @Override
  public void handedOver(long seat, long pauseNanos) {}

  @Override
  public void taken(PlacementEntry entry) {}
}
