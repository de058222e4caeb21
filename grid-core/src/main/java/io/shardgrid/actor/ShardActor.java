package io.shardgrid.actor;

import io.shardgrid.failure.FailureCode;
import io.shardgrid.key.NodeId;
import io.shardgrid.key.PlacementEntry;
import io.shardgrid.placement.InSyncRequest;
import io.shardgrid.shard.CopyState;
import io.shardgrid.shard.ReplicaEffects;
import io.shardgrid.shard.ShardReplica;
import io.shardgrid.shard.Survey;
import io.shardgrid.wire.Answer;
import io.shardgrid.wire.AnswerSink;
import io.shardgrid.wire.Operation;
import io.shardgrid.wire.replica.ReplicaMessage;
import io.shardgrid.wire.replica.ReplicaMessage.CopyAck;
import io.shardgrid.wire.replica.ReplicaMessage.Verdict;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/**
 * Owns this node's replica of one shard and carries messages to and from it, one at a time. Changes
 * of its role never stop it; a turn that fails is logged and the replica goes on, since stopping
 * would throw its data away.
 *
 * <p>What a turn has brought about is sent in a turn of its own, behind all that waits already and
 * all that was read together with it: so writes that come together are shipped together, and one
 * that comes alone is not held up, for frames leave when all was read anyway.
 *
 * <p>State: {@code replica}, confined to this actor's turns, which run on whatever thread brings a
 * message (see {@link CallerRuns}).
 */
final class ShardActor extends AbstractBehavior<ShardActor.Command> implements ReplicaEffects {

  /** Everything a shard understands, most frequent first. */
  sealed interface Command {}

  /** An operation, from this node's router or from another node. */
  record Operate(Operation operation, AnswerSink from) implements Command {}

  /** A message of another node's replica of this shard. */
  record FromPeer(NodeId from, ReplicaMessage message) implements Command {}

  /** Time to send what the turns before have brought about. */
  record Flush() implements Command {
    static final Flush INSTANCE = new Flush();
  }

  /** Time to send the next chunks of copies. */
  record Fill() implements Command {
    static final Fill INSTANCE = new Fill();
  }

  /**
   * Time passes: held operations, deadlines of entries, signs of life, repeats.
   *
   * @param isUnderWay false from the beginning of its turn on: then another one may be told
   */
  record Tick(AtomicBoolean isUnderWay) implements Command {}

  /** A committed placement of this shard. Ignored unless newer than the one known. */
  record Place(PlacementEntry entry) implements Command {}

  /** Fill a learner, if this replica acts in the seat. */
  record CopyTo(long seat, NodeId target) implements Command {}

  /** Have the backups compare their entries with this replica's, if it acts in its seat. */
  record Check() implements Command {
    static final Check INSTANCE = new Check();
  }

  /** Give the filling of a learner up, unless it is needed for writes already. */
  record CancelCopy(NodeId target) implements Command {}

  /** Asks what the replica holds. */
  record Report(ActorRef<ShardHost.Command> replyTo) implements Command {}

  /**
   * What a shard needs of the node around it.
   *
   * @param peers takes messages to other nodes
   * @param placed hears of every placement that a replica learns of
   */
  record Surroundings(
      Peers peers, Consumer<PlacementEntry> placed, LongSupplier nanoClock, TurnClock wallClock) {}

  /** The way to the replicas on other nodes. Thread-safe; may lose messages. */
  interface Peers {
    void send(NodeId to, ReplicaMessage message);
  }

  private final ShardReplica replica;
  private final ActorRef<ShardHost.Command> host;
  private final Surroundings around;
  private final Runnable flushLater;
  private boolean isFlushUnderWay;
  private boolean isFillUnderWay;

  static Behavior<Command> create(
      ShardReplica replica, ActorRef<ShardHost.Command> host, Surroundings around) {
    return Behaviors.setup(context -> new ShardActor(context, replica, host, around));
  }

  private ShardActor(
      ActorContext<Command> context,
      ShardReplica replica,
      ActorRef<ShardHost.Command> host,
      Surroundings around) {
    super(context);
    context.setLoggerName(ShardActor.class);
    this.replica = replica;
    this.host = host;
    this.around = around;
    ActorRef<Command> self = context.getSelf();
    this.flushLater = () -> CallerRuns.tell(self, Flush.INSTANCE);
  }

  /**
   * Neither a builder's list of handlers nor a supervisor: a turn takes a microsecond or two, and
   * each of those layers would be a good part of it.
   */
  @Override
  public Receive<Command> createReceive() {
    return new Receive<>() {
      @Override
      public Behavior<Command> receiveMessage(Command command) {
        try {
          turn(command);
        } catch (RuntimeException e) {
          getContext().getLog().error("A shard's turn failed, a bug; it goes on", e);
        }
        return Behaviors.same();
      }

      @Override
      public Behavior<Command> receiveSignal(Signal signal) {
        return Behaviors.unhandled();
      }
    };
  }

  private void turn(Command command) {
    if (command instanceof Operate operate) {
      onOperate(operate);
    } else if (command instanceof FromPeer said) {
      onFromPeer(said);
    } else if (command instanceof Flush) {
      onFlush();
    } else if (command instanceof Fill) {
      onFill();
    } else if (command instanceof Tick tick) {
      onTick(tick);
    } else if (command instanceof Place place) {
      onPlace(place);
    } else if (command instanceof CopyTo copy) {
      onCopyTo(copy);
    } else if (command instanceof CancelCopy cancel) {
      onCancelCopy(cancel);
    } else if (command instanceof Report report) {
      onReport(report);
    } else if (command instanceof Check) {
      onCheck();
    }
    goOn();
  }

  private void onOperate(Operate operate) {
    Operation operation = operate.operation();
    long nowNanos = nanos();
    try {
      replica.operate(operation, operate.from(), nowNanos, wall(nowNanos), this);
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
  }

  private void onFromPeer(FromPeer said) {
    long nowNanos = nanos();
    replica.receive(said.from(), said.message(), nowNanos, wall(nowNanos), this);
  }

  private void onFlush() {
    isFlushUnderWay = false;
    replica.flush(nanos(), this);
  }

  private void onFill() {
    isFillUnderWay = false;
    replica.fill(nanos(), this);
  }

  private void onTick(Tick tick) {
    tick.isUnderWay().set(false);
    long nowNanos = nanos();
    replica.tick(nowNanos, wall(nowNanos), this);
    for (Survey.Filling filling : replica.fillings()) {
      host.tell(new ShardHost.CopyMoved(replica.survey(), filling));
    }
  }

  private void onPlace(Place place) {
    long nowNanos = nanos();
    replica.place(place.entry(), nowNanos, wall(nowNanos), this);
  }

  private void onCopyTo(CopyTo copy) {
    replica.copyTo(copy.seat(), copy.target(), nanos());
  }

  private void onCancelCopy(CancelCopy cancel) {
    replica.cancelCopy(cancel.target(), this);
  }

  private void onCheck() {
    replica.check();
  }

  private void onReport(Report report) {
    report.replyTo().tell(new ShardHost.Reported(replica.survey()));
  }

  /** Has what this turn has brought about be sent in a turn behind all that waits. */
  private void goOn() {
    if (!isFlushUnderWay && replica.isFlushDue()) {
      isFlushUnderWay = true;
      if (!CallerRuns.behindBatch(flushLater)) {
        getContext().getSelf().tell(Flush.INSTANCE);
      }
    }
    if (!isFillUnderWay && replica.isFillDue()) {
      isFillUnderWay = true;
      // From the pool: this thread may be an event loop, and would read the chunk itself.
      ActorRef<Command> self = getContext().getSelf();
      getContext().getExecutionContext().execute(() -> self.tell(Fill.INSTANCE));
    }
  }

  @Override
  public long nowNanos() {
    return nanos();
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
  public void send(NodeId to, ReplicaMessage message) {
    if (message instanceof CopyAck ack && ack.verdict() == Verdict.DAMAGED) {
      getContext()
          .getLog()
          .warn("A chunk of a copy was damaged, and is asked for again: from={}, {}", to, ack);
    }
    around.peers().send(to, message);
  }

  @Override
  public void addInSync(PlacementEntry base, NodeId node) {
    host.tell(new ShardHost.Ask(new InSyncRequest(base.shard(), base.epoch(), node, true)));
  }

  @Override
  public void removeInSync(PlacementEntry base, NodeId node) {
    host.tell(new ShardHost.Ask(new InSyncRequest(base.shard(), base.epoch(), node, false)));
  }

  @Override
  public void placed(PlacementEntry entry) {
    around.placed().accept(entry);
  }

  @Override
  public void taken(PlacementEntry entry) {
    host.tell(new ShardHost.Taken(entry));
  }

  @Override
  public void diverged(NodeId node, long seq) {
    getContext()
        .getLog()
        .error(
            "A replica has other entries than its primary after the same writes, a bug; it is taken"
                + " out and filled anew: shard={}, node={}, sequence={}",
            replica.survey().shard(),
            node,
            seq);
  }

  @Override
  public void copyMoved(CopyState from, Survey.Filling copy) {
    host.tell(new ShardHost.CopyMoved(replica.survey(), copy));
  }

  @Override
  public void handedOver(long seat, long pauseNanos) {
    host.tell(new ShardHost.HandedOver(replica.survey().shard(), seat, pauseNanos));
  }

  private long nanos() {
    return around.nanoClock().getAsLong();
  }

  private long wall(long nowNanos) {
    return around.wallClock().millis(nowNanos);
  }
}
