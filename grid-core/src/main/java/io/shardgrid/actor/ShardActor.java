package io.shardgrid.actor;

import io.shardgrid.key.NodeId;
import io.shardgrid.key.PlacementEntry;
import io.shardgrid.shard.ErrandResult;
import io.shardgrid.shard.ShardReplica;
import io.shardgrid.shard.Survey;
import io.shardgrid.sight.HotKeys;
import io.shardgrid.trace.TraceContext;
import io.shardgrid.wire.Answer;
import io.shardgrid.wire.AnswerSink;
import io.shardgrid.wire.Operation;
import io.shardgrid.wire.Request;
import io.shardgrid.wire.replica.ReplicaMessage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.jspecify.annotations.Nullable;

/**
 * Owns this node's replica of one shard and carries messages to and from it, one at a time. Changes
 * of its role never stop it; a turn that fails is logged and the replica goes on, since stopping
 * would throw its data away.
 *
 * <p>What a turn has brought about is sent behind all that waits already and all that was read
 * together with it: so writes that come together are shipped together. One that comes alone is not
 * held up: where nothing waits it is sent at the end of its turn, and frames leave when all was
 * read anyway.
 *
 * <p>State: {@code replica}, confined to this actor's turns, which run on whatever thread brings a
 * message (see {@link CallerRuns}), or finds the actor idle and needs none ({@link TurnGate}).
 */
final class ShardActor extends AbstractBehavior<ShardActor.Command> {

  /** Everything a shard understands, most frequent first. */
  sealed interface Command {}

  /** An operation, from this node's router or from another node. */
  record Operate(Operation operation, AnswerSink from) implements Command {}

  /** A message of another node's replica of this shard. */
  record FromPeer(NodeId from, ReplicaMessage message) implements Command {}

  /** Something has come of what was asked outside of the turns, of a rule or a store. */
  record Returned(ErrandResult result) implements Command {}

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

  /** Asks what the replica does. */
  record Observe(ActorRef<NodeObserver.Command> replyTo) implements Command {}

  private static final int HOT_KEYS_TOLD = 4;

  private final ShardReplica replica;
  private final int shard;
  private final ShardMeter meter;
  private final ShardEffects effects;
  private final ActorRef<ShardHost.Command> host;
  private final ShardSurroundings around;
  private final ActorRef<Command> self;
  private final Executor pool;
  private final TurnGate<ShardActor> gate;
  private final Runnable flushLater;
  private final HotKeys hotKeys;
  private final FollowedWrites followed;
  private boolean isFlushUnderWay;
  private boolean isFillUnderWay;
  private long operations;
  private int turns;

  static Behavior<Command> create(
      ShardReplica replica,
      ActorRef<ShardHost.Command> host,
      ShardSurroundings around,
      TurnGate<ShardActor> gate) {
    return Behaviors.setup(
        context -> {
          ShardActor actor = new ShardActor(context, replica, host, around, gate);
          gate.open(context, actor);
          return actor;
        });
  }

  private ShardActor(
      ActorContext<Command> context,
      ShardReplica replica,
      ActorRef<ShardHost.Command> host,
      ShardSurroundings around,
      TurnGate<ShardActor> gate) {
    super(context);
    this.replica = replica;
    this.shard = replica.survey().shard();
    this.turns = shard; // else all shards would time their first turns, and few operations
    this.meter = around.meter();
    this.followed = new FollowedWrites(around.cluster().traces());
    this.effects = new ShardEffects(replica, host, around, followed, this::returned);
    this.host = host;
    this.around = around;
    this.self = context.getSelf();
    this.pool = context.getExecutionContext();
    this.gate = gate;
    this.flushLater = this::flushNow;
    this.hotKeys = new HotKeys(around.nanoClock().getAsLong());
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
        long beganNanos = meter.turnBegins(turns++);
        try {
          turn(command);
        } catch (RuntimeException e) {
          failed(e, null);
        }
        meter.turnEnds(shard, beganNanos);
        return Behaviors.same();
      }

      @Override
      public Behavior<Command> receiveSignal(Signal signal) {
        return Behaviors.unhandled();
      }
    };
  }

  /** A turn of an operation; for whom the gate has let in. */
  void operate(Operation operation, AnswerSink from) {
    long beganNanos = meter.turnBegins(turns++);
    try {
      carryOut(operation, from);
      goOn();
    } catch (RuntimeException e) {
      failed(e, null);
    }
    meter.turnEnds(shard, beganNanos);
  }

  /** A turn of a request that is answered within it, or not taken; for whom the gate has let in. */
  @Nullable Answer atOnce(String map, Request request, long minEpoch) {
    Answer answer = null;
    try {
      long nowNanos = nanos();
      answer = replica.atOnce(map, request, minEpoch, nowNanos, wall(nowNanos), effects);
      if (answer != null) {
        operations++;
        meter.atOnce(map, request, answer, turns++, nowNanos);
        hotKeys.seen(map, request);
      }
      goOn();
    } catch (RuntimeException e) {
      failed(e, null);
      if (answer == null && request.kind().isWrite()) {
        return TurnFailure.answer(map, shard, request, e); // else it might be made twice
      }
    }
    return answer;
  }

  /** A turn of another node's message; for whom the gate has let in. */
  void receive(NodeId from, ReplicaMessage message) {
    long beganNanos = meter.turnBegins(turns++);
    try {
      take(from, message);
      goOn();
    } catch (RuntimeException e) {
      failed(e, null);
    }
    meter.turnEnds(shard, beganNanos);
  }

  /** A rule, or a store, has come to an end; by the thread that it ran on. */
  private void returned(ErrandResult result) {
    Returned returned = new Returned(result);
    if (gate.enter() == null) {
      CallerRuns.tell(self, returned);
      return;
    }
    long beganNanos = meter.turnBegins(turns++);
    try {
      onReturned(returned);
      goOn();
    } catch (RuntimeException e) {
      failed(e, null);
    } finally {
      meter.turnEnds(shard, beganNanos);
      gate.leave();
    }
  }

  private void failed(RuntimeException failure, @Nullable TraceContext trace) {
    meter.turnFailed();
    TurnFailure.log(shard, trace, failure);
  }

  private void turn(Command command) {
    if (command instanceof Operate operate) {
      onOperate(operate);
    } else if (command instanceof FromPeer said) {
      onFromPeer(said);
    } else if (command instanceof Returned returned) {
      onReturned(returned);
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
    } else if (command instanceof Observe observe) {
      onObserve(observe);
    } else if (command instanceof Check) {
      onCheck();
    }
    goOn();
  }

  private void onOperate(Operate operate) {
    carryOut(operate.operation(), operate.from());
  }

  private void carryOut(Operation operation, AnswerSink from) {
    long nowNanos = nanos();
    operations++;
    hotKeys.seen(operation.map(), operation.request());
    FollowedSink sink = operation.trace() == null ? null : FollowedSink.of(from);
    if (sink != null) {
      followed.carriedOut(operation, sink, nowNanos);
    }
    try {
      replica.operate(operation, from, nowNanos, wall(nowNanos), effects);
      if (sink != null) {
        sink.turnEnds(nanos());
      }
    } catch (RuntimeException e) {
      effects.answer(
          operation, from, TurnFailure.answer(operation.map(), shard, operation.request(), e));
      failed(e, operation.trace());
    }
  }

  private void onFromPeer(FromPeer said) {
    take(said.from(), said.message());
  }

  private void take(NodeId from, ReplicaMessage message) {
    if (message instanceof ReplicaMessage.Followed some) {
      followed.expect(some);
      return;
    }
    followed.received(from, message);
    long nowNanos = nanos();
    meter.received(message, nowNanos);
    replica.receive(from, message, nowNanos, wall(nowNanos), effects);
  }

  private void onReturned(Returned returned) {
    long nowNanos = nanos();
    replica.returned(returned.result(), nowNanos, wall(nowNanos), effects);
  }

  private void onFlush() {
    isFlushUnderWay = false;
    replica.flush(nanos(), effects);
  }

  private void onFill() {
    isFillUnderWay = false;
    replica.fill(nanos(), effects);
  }

  private void onTick(Tick tick) {
    tick.isUnderWay().set(false);
    long nowNanos = nanos();
    replica.tick(nowNanos, wall(nowNanos), effects);
    for (Survey.Filling filling : replica.fillings()) {
      host.tell(new ShardHost.CopyMoved(replica.survey(), filling));
    }
  }

  private void onPlace(Place place) {
    long nowNanos = nanos();
    replica.place(place.entry(), nowNanos, wall(nowNanos), effects);
  }

  private void onCopyTo(CopyTo copy) {
    replica.copyTo(copy.seat(), copy.target(), nanos());
  }

  private void onCancelCopy(CancelCopy cancel) {
    replica.cancelCopy(cancel.target(), effects);
  }

  private void onCheck() {
    replica.check();
  }

  private void onReport(Report report) {
    report.replyTo().tell(new ShardHost.Reported(replica.survey(), operations));
  }

  private void onObserve(Observe observe) {
    observe
        .replyTo()
        .tell(new NodeObserver.Observed(replica.survey(), operations, hotKeys.top(HOT_KEYS_TOLD)));
  }

  /** Has what this turn has brought about be sent behind all that waits; now if nothing does. */
  private void goOn() {
    if (!isFlushUnderWay && replica.isFlushDue()) {
      if (CallerRuns.behindBatch(flushLater)) {
        isFlushUnderWay = true;
      } else if (gate.isQuiet()) {
        replica.flush(nanos(), effects);
      } else {
        isFlushUnderWay = true;
        self.tell(Flush.INSTANCE);
      }
    }
    if (!isFillUnderWay && replica.isFillDue()) {
      isFillUnderWay = true;
      // From the pool: this thread may be an event loop, and would read the chunk itself.
      pool.execute(() -> self.tell(Fill.INSTANCE));
    }
  }

  /** The flush behind a batch. */
  private void flushNow() {
    if (gate.enter() == null) {
      CallerRuns.tell(self, Flush.INSTANCE);
      return;
    }
    try {
      onFlush();
      goOn();
    } catch (RuntimeException e) {
      failed(e, null);
    } finally {
      gate.leave();
    }
  }

  private long nanos() {
    return around.nanoClock().getAsLong();
  }

  private long wall(long nowNanos) {
    return around.wallClock().millis(nowNanos);
  }
}
