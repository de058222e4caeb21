package io.shardgrid.actor;

import io.shardgrid.key.NodeId;
import io.shardgrid.net.PeerLinks;
import io.shardgrid.net.PeerListener;
import io.shardgrid.route.Router;
import io.shardgrid.wire.Answer;
import io.shardgrid.wire.AnswerSink;
import io.shardgrid.wire.Operation;
import io.shardgrid.wire.Request;
import io.shardgrid.wire.replica.ReplicaMessage;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/**
 * One incarnation's data lane: takes operations from the router to its own shards or to a peer's
 * link, and what comes by the links to the shards, the router, a remote client, or whoever watches
 * the peers.
 *
 * <p>Thread-safe; it only passes on.
 */
final class Traffic implements PeerListener {

  private static final int FORWARDED_MAX = 65_536;

  private final NodeId self;
  private final ShardTable shards;
  private final PeerLinks links;
  private final Router router;
  private final Forwarder forwarder;
  private final AnswerSink toRouter;
  private volatile @Nullable ActorRef<PeerWatch.Command> watch;

  Traffic(NodeId self, ShardTable shards, PeerLinks links, Router router) {
    this.self = self;
    this.shards = shards;
    this.links = links;
    this.router = router;
    this.forwarder = new Forwarder(links, FORWARDED_MAX);
    this.toRouter =
        (operation, answer) -> router.answered(operation.shard(), operation.seq(), answer);
  }

  /** Tells this actor from now on which members are connected and which refuse to be. */
  void watchedBy(ActorRef<PeerWatch.Command> next) {
    watch = next;
  }

  private void tellWatch(PeerWatch.Command news) {
    ActorRef<PeerWatch.Command> known = watch;
    if (known != null) {
      known.tell(news);
    }
  }

  /** An operation of a remote client that this node serves. */
  void operate(Operation operation, AnswerSink back) {
    shards.operate(operation, back);
  }

  /** The same, for the shard of a member that remote clients cannot reach. */
  void forward(NodeId node, Operation operation, AnswerSink back) {
    forwarder.forward(node, operation, back);
  }

  void tick() {
    forwarder.tick(System.nanoTime());
  }

  boolean isLocal(NodeId node) {
    return self.equals(node);
  }

  void execute(Operation operation) {
    shards.operate(operation, toRouter);
  }

  @Nullable Answer atOnce(String map, int shard, Request request, long minEpoch) {
    return shards.atOnce(map, shard, request, minEpoch);
  }

  boolean send(NodeId node, Operation operation) {
    return links.send(node, operation);
  }

  @Override
  public void opened(NodeId node) {
    tellWatch(new PeerWatch.Connected(node));
    router.wayOpened(node);
  }

  @Override
  public void ready(NodeId node) {
    router.wayReady(node);
  }

  @Override
  public void closed(NodeId node, boolean refused) {
    if (refused) {
      tellWatch(new PeerWatch.Refused(node));
    }
    router.wayClosed(node);
    forwarder.closed(node);
  }

  @Override
  public void batchBegin() {
    CallerRuns.beginBatch();
  }

  @Override
  public void batchEnd() {
    CallerRuns.endBatch();
  }

  @Override
  public void operation(NodeId from, Operation operation, AnswerSink back) {
    shards.operate(operation, back);
  }

  @Override
  public void replica(NodeId from, ReplicaMessage message) {
    shards.receive(from, message);
  }

  @Override
  public void answered(int shard, long client, long seq, Answer answer) {
    if (client == router.client()) {
      router.answered(shard, seq, answer);
    } else {
      forwarder.answered(shard, client, seq, answer);
    }
  }
}
