package io.shardgrid.actor;

import io.shardgrid.failure.FailureCode;
import io.shardgrid.key.NodeId;
import io.shardgrid.key.PlacementEntry;
import io.shardgrid.placement.CannotTake;
import io.shardgrid.shard.Effects;
import io.shardgrid.shard.Replica;
import io.shardgrid.shard.Survey;
import io.shardgrid.shard.Yield;
import io.shardgrid.wire.Answer;
import io.shardgrid.wire.AnswerSink;
import io.shardgrid.wire.Operation;
import java.util.function.LongSupplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.jspecify.annotations.Nullable;

/**
 * Owns this node's replica of one shard and serves its reads and writes, one message at a time.
 * Changes of its role never stop it; a turn that fails is logged and the replica goes on, since
 * stopping would throw its data away.
 *
 * <p>State: {@code replica}, confined to this actor's turns, which run on whatever thread brings a
 * message (see {@link CallerRuns}).
 */
final class ShardActor extends AbstractBehavior<ShardActor.Command> implements Effects {

  /** Everything a shard understands, most frequent first. */
  sealed interface Command {}

  /** An operation, from this node's router or from another node. */
  record Operate(Operation operation, AnswerSink from) implements Command {}

  /** A committed placement of this shard. Ignored unless newer than the one known. */
  record Place(PlacementEntry entry) implements Command {}

  /** The right to act has been passed on to this node. */
  record Yielded(NodeId from, Yield yield) implements Command {}

  /** The seat of a yield was taken. */
  record YieldAcknowledged(Yield yield) implements Command {}

  /** Time passes: held operations, deadlines of entries, repeats. */
  record Tick() implements Command {}

  /** Asks what the replica holds. */
  record Report(ActorRef<ShardHost.Command> replyTo) implements Command {}

  private final Replica replica;
  private final ActorRef<ShardHost.Command> host;
  private final LongSupplier nanoClock;
  private final LongSupplier wallClock;

  static Behavior<Command> create(
      Replica replica,
      ActorRef<ShardHost.Command> host,
      LongSupplier nanoClock,
      LongSupplier wallClock) {
    Behavior<Command> behavior =
        Behaviors.setup(context -> new ShardActor(context, replica, host, nanoClock, wallClock));
    return Behaviors.supervise(behavior)
        .onFailure(RuntimeException.class, SupervisorStrategy.resume());
  }

  private ShardActor(
      ActorContext<Command> context,
      Replica replica,
      ActorRef<ShardHost.Command> host,
      LongSupplier nanoClock,
      LongSupplier wallClock) {
    super(context);
    this.replica = replica;
    this.host = host;
    this.nanoClock = nanoClock;
    this.wallClock = wallClock;
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Operate.class, this::onOperate)
        .onMessage(Tick.class, this::onTick)
        .onMessage(Place.class, this::onPlace)
        .onMessage(Yielded.class, this::onYielded)
        .onMessage(YieldAcknowledged.class, this::onYieldAcknowledged)
        .onMessage(Report.class, this::onReport)
        .build();
  }

  private Behavior<Command> onOperate(Operate operate) {
    Operation operation = operate.operation();
    try {
      replica.operate(operation, operate.from(), nanos(), wall(), this);
    } catch (RuntimeException e) {
      String what =
          "The shard failed while it carried out an operation, a bug; its outcome is unknown: map="
              + operation.map()
              + ", shard="
              + operation.shard()
              + ", operation="
              + operation.request().kind()
              + ", cause="
              + e;
      operate.from().answered(operation, new Answer.Failed(FailureCode.INTERNAL, what));
      throw e;
    }
    // Not this: the supervising wrapper would make a new wrapper for it each time.
    return Behaviors.same();
  }

  private Behavior<Command> onTick(Tick tick) {
    replica.tick(nanos(), wall(), this);
    return this;
  }

  private Behavior<Command> onPlace(Place place) {
    replica.place(place.entry(), nanos(), wall(), this);
    return this;
  }

  private Behavior<Command> onYielded(Yielded yielded) {
    replica.yielded(yielded.from(), yielded.yield(), nanos(), wall(), this);
    return this;
  }

  private Behavior<Command> onYieldAcknowledged(YieldAcknowledged acknowledged) {
    replica.yieldAcknowledged(acknowledged.yield(), this);
    return this;
  }

  private Behavior<Command> onReport(Report report) {
    Survey survey = replica.survey();
    report.replyTo().tell(new ShardHost.Reported(survey));
    return this;
  }

  @Override
  public void answer(Operation operation, AnswerSink to, Answer answer) {
    to.answered(operation, answer);
  }

  @Override
  public void yieldTo(NodeId to, Yield yield) {
    host.tell(new ShardHost.SendYield(to, yield));
  }

  @Override
  public void acknowledge(NodeId to, Yield yield) {
    host.tell(new ShardHost.AcknowledgeYield(to, yield));
  }

  @Override
  public void cannotTake(PlacementEntry entry, @Nullable NodeId holder, long length) {
    CannotTake refusal = new CannotTake(entry.shard(), entry.epoch(), holder, length);
    host.tell(new ShardHost.Refuse(refusal));
  }

  @Override
  public void taken(PlacementEntry entry) {
    host.tell(new ShardHost.Taken(entry));
  }

  private long nanos() {
    return nanoClock.getAsLong();
  }

  private long wall() {
    return wallClock.getAsLong();
  }
}
