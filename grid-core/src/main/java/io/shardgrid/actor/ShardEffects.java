package io.shardgrid.actor;

import io.shardgrid.key.NodeId;
import io.shardgrid.key.PlacementEntry;
import io.shardgrid.placement.InSyncRequest;
import io.shardgrid.shard.CopyState;
import io.shardgrid.shard.ErrandResult;
import io.shardgrid.shard.Invocation;
import io.shardgrid.shard.ReplicaEffects;
import io.shardgrid.shard.ShardReplica;
import io.shardgrid.shard.StoreErrand;
import io.shardgrid.shard.Survey;
import io.shardgrid.wire.Answer;
import io.shardgrid.wire.AnswerSink;
import io.shardgrid.wire.Operation;
import io.shardgrid.wire.replica.LoggedWrite;
import io.shardgrid.wire.replica.ReplicaMessage;
import io.shardgrid.wire.replica.ReplicaMessage.CopyAck;
import io.shardgrid.wire.replica.ReplicaMessage.Verdict;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out what a shard's replica decides. Confined to the turns of its {@link ShardActor}. */
final class ShardEffects implements ReplicaEffects {

  private static final Logger LOG = LoggerFactory.getLogger(ShardEffects.class);

  private final ShardReplica replica;
  private final ActorRef<ShardHost.Command> host;
  private final ShardSurroundings around;
  private final ShardMeter meter;
  private final FollowedWrites followed;
  private final ShardMoves moves;
  private final Consumer<ErrandResult> returned;

  /**
   * Effects of this replica.
   *
   * @param returned told by any thread what has come of a rule, or of a store
   */
  ShardEffects(
      ShardReplica replica,
      ActorRef<ShardHost.Command> host,
      ShardSurroundings around,
      FollowedWrites followed,
      Consumer<ErrandResult> returned) {
    this.returned = returned;
    this.replica = replica;
    this.host = host;
    this.around = around;
    this.meter = around.meter();
    this.followed = followed;
    this.moves = new ShardMoves(around.cluster());
  }

  @Override
  public long nowNanos() {
    return around.nanoClock().getAsLong();
  }

  @Override
  public void answer(Operation operation, AnswerSink to, Answer answer) {
    meter.answered(operation, answer);
    ended(operation);
    to.answered(operation, answer);
  }

  @Override
  public void drop(Operation operation, AnswerSink to) {
    meter.dropped(operation);
    ended(operation);
    to.dropped(operation);
  }

  private void ended(Operation operation) {
    if (operation.trace() != null) {
      followed.ended(operation);
    }
  }

  @Override
  public void toldElsewhere(Operation operation, AnswerSink to, Answer answer) {
    meter.answered(operation, answer);
    if (to instanceof TimedSink timed) {
      meter.took(operation, answer, nowNanos() - timed.arrivedNanos());
    }
    ended(operation);
    FollowedSink sink = operation.trace() == null ? null : FollowedSink.of(to);
    if (sink != null) {
      sink.toldElsewhere(operation, answer);
    }
    to.dropped(operation);
  }

  @Override
  public void tellOwn(int shard, LoggedWrite write) {
    LoggedWrite.Origin origin = write.origin();
    if (origin != null) {
      around.answered().answered(shard, origin.client(), origin.seq(), origin.answer());
    }
  }

  @Override
  public boolean isKnownToRead(String rule) {
    return around.rules().isKnownToRead(rule);
  }

  @Override
  public void invoke(Invocation invocation, Operation operation) {
    around
        .rules()
        .run(
            invocation,
            operation,
            ruling -> returned.accept(new ErrandResult.Ruled(invocation, ruling)));
  }

  @Override
  public void ask(StoreErrand errand) {
    StoreRunner stores = around.stores();
    if (stores != null) {
      stores.run(replica.survey().shard(), errand, returned);
    }
  }

  @Override
  public void send(NodeId to, ReplicaMessage message) {
    if (message instanceof CopyAck ack && ack.verdict() == Verdict.DAMAGED) {
      LOG.atWarn()
          .addKeyValue("shard", ack.shard())
          .log(
              "A chunk of a copy was damaged, and is asked for again: shard={}, from={}, next={}",
              ack.shard(),
              to,
              ack.next());
    }
    meter.sent(message);
    ReplicaMessage first = followed.before(message);
    if (first != null) {
      around.peers().send(to, first);
    }
    followed.sent(message);
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
    meter.placed();
    moves.placed(entry);
    around.placed().accept(entry);
  }

  @Override
  public void taken(PlacementEntry entry) {
    moves.taken(entry);
    host.tell(new ShardHost.Taken(entry));
  }

  @Override
  public void diverged(NodeId node, long seq) {
    int shard = replica.survey().shard();
    LOG.atError()
        .addKeyValue("shard", shard)
        .log(
            "A replica has other entries than its primary after the same writes, a bug; it is taken"
                + " out and filled anew: shard={}, node={}, sequence={}",
            shard,
            node,
            seq);
  }

  @Override
  public void copyMoved(CopyState from, Survey.Filling copy) {
    Survey source = replica.survey();
    moves.copyMoved(source, copy);
    host.tell(new ShardHost.CopyMoved(source, copy));
  }

  @Override
  public void handedOver(long seat, long pauseNanos) {
    meter.handedOver(pauseNanos);
    moves.handedOver(seat, pauseNanos);
    host.tell(new ShardHost.HandedOver(replica.survey().shard(), seat, pauseNanos));
  }
}
