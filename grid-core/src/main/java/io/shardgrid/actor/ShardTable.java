package io.shardgrid.actor;

import io.shardgrid.failure.FailureCode;
import io.shardgrid.key.NodeId;
import io.shardgrid.trace.TraceContext;
import io.shardgrid.trace.TraceSwitch;
import io.shardgrid.wire.Answer;
import io.shardgrid.wire.AnswerSink;
import io.shardgrid.wire.Operation;
import io.shardgrid.wire.Request;
import io.shardgrid.wire.WireException;
import io.shardgrid.wire.replica.ReplicaMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.jspecify.annotations.Nullable;

/**
 * This node's shard actors by number. Every shard has one from the start, with or without a
 * replica: an empty one costs little, and an operation that comes early or late finds somebody who
 * knows the placement and can hold it or send it on.
 *
 * <p>Thread-safe; filled once by the host.
 */
final class ShardTable {

  private static final long TIMED_MASK = 7;
  private static final String DISPATCHER = "grid-shard-dispatcher";

  /** Makes a shard's actor, which opens its gate. */
  interface Shards {
    Behavior<ShardActor.Command> create(
        int shard, ActorRef<ShardHost.Command> host, TurnGate<ShardActor> gate);
  }

  private final AtomicReferenceArray<@Nullable ActorRef<ShardActor.Command>> actors;
  private final List<TurnGate<ShardActor>> gates = new ArrayList<>();
  private final List<ShardActor.Tick> ticks = new ArrayList<>();
  private final TimedSink.Timer served;
  private final TraceSwitch traces;
  private final Shards behaviors;

  /**
   * A table without actors yet.
   *
   * @param served hears how long some operations took, from their arrival to their answer
   * @param traces whether operations are followed
   */
  ShardTable(int shards, TimedSink.Timer served, TraceSwitch traces, Shards behaviors) {
    this.traces = traces;
    this.actors = new AtomicReferenceArray<>(shards);
    this.served = served;
    this.behaviors = behaviors;
    for (int shard = 0; shard < shards; shard++) {
      gates.add(new TurnGate<>());
      ticks.add(new ShardActor.Tick(new AtomicBoolean()));
    }
  }

  /** Starts all actors as children of the host. */
  void spawn(ActorContext<ShardHost.Command> host) {
    for (int shard = 0; shard < actors.length(); shard++) {
      actors.set(
          shard,
          host.spawn(
              behaviors.create(shard, host.getSelf(), gates.get(shard)),
              "shard-" + shard,
              DispatcherSelector.fromConfig(DISPATCHER)));
    }
  }

  int count() {
    return actors.length();
  }

  /** Hands an operation over; the shard's turn may be run by this thread. */
  void operate(Operation operation, AnswerSink from) {
    int shard = operation.shard();
    if (shard < 0 || shard >= actors.length()) {
      from.answered(
          operation,
          new Answer.Failed(
              FailureCode.UNAVAILABLE,
              "There is no such shard: shard=" + shard + ", shards=" + actors.length()));
      return;
    }
    ActorRef<ShardActor.Command> actor = actors.get(shard);
    if (actor == null) {
      from.answered(operation, new Answer.Later("The node is starting"));
      return;
    }
    // A clock for each would cost more than a table's answer is worth: one of eight is enough.
    boolean isTimed = (operation.seq() & TIMED_MASK) == 1;
    TraceContext trace = operation.trace();
    AnswerSink one =
        trace == null ? from : FollowedSink.open(traces.tracing(), trace, operation, from, served);
    AnswerSink to = isTimed ? new TimedSink(one, System.nanoTime(), served) : one;
    TurnGate<ShardActor> gate = gates.get(shard);
    ShardActor idle = gate.enter();
    if (idle == null) {
      CallerRuns.tell(actor, new ShardActor.Operate(operation, to));
      return;
    }
    try {
      idle.operate(operation, to);
    } finally {
      gate.leave();
    }
  }

  /** Carries a request out at once, if its shard is idle and needs nobody for it; null if not. */
  @Nullable Answer atOnce(String map, int shard, Request request, long minEpoch) {
    TurnGate<ShardActor> gate = gates.get(shard);
    ShardActor idle = gate.enter();
    if (idle == null) {
      return null;
    }
    try {
      return idle.atOnce(map, request, minEpoch);
    } finally {
      gate.leave();
    }
  }

  /**
   * Hands a message of another node's replica over; the turn may be run by this thread, unless it
   * stores a chunk of a copy, for which operations behind it would wait.
   */
  void receive(NodeId from, ReplicaMessage message) {
    int shard = message.shard();
    if (shard >= actors.length()) {
      throw new WireException(
          "a message for a shard that there is not: shard=%d, shards=%d, node=%s"
              .formatted(shard, actors.length(), from));
    }
    ActorRef<ShardActor.Command> actor = actors.get(shard);
    if (actor == null) {
      return;
    }
    if (message instanceof ReplicaMessage.Copy) {
      actor.tell(new ShardActor.FromPeer(from, message));
      return;
    }
    TurnGate<ShardActor> gate = gates.get(shard);
    ShardActor idle = gate.enter();
    if (idle == null) {
      CallerRuns.tell(actor, new ShardActor.FromPeer(from, message));
      return;
    }
    try {
      idle.receive(from, message);
    } finally {
      gate.leave();
    }
  }

  /** Messages that wait for the actors of a range of shards. O(messages). */
  int waiting(int from, int to) {
    int waiting = 0;
    for (int shard = from; shard < to; shard++) {
      waiting += gates.get(shard).waiting();
    }
    return waiting;
  }

  void tell(int shard, ShardActor.Command command) {
    ActorRef<ShardActor.Command> actor = actors.get(shard);
    if (actor != null) {
      actor.tell(command);
    }
  }

  /**
   * Tells a shard that time passes, unless it has yet to hear that it did: on a node that gets too
   * little of the processor, ticks would heap up before everything else.
   */
  void tick(int shard) {
    ActorRef<ShardActor.Command> actor = actors.get(shard);
    ShardActor.Tick tick = ticks.get(shard);
    if (actor != null && tick.isUnderWay().compareAndSet(false, true)) {
      actor.tell(tick);
    }
  }

  /** Tells all shards so. */
  void tickAll() {
    for (int shard = 0; shard < actors.length(); shard++) {
      tick(shard);
    }
  }

  void tellAll(ShardActor.Command command) {
    for (int shard = 0; shard < actors.length(); shard++) {
      tell(shard, command);
    }
  }
}
