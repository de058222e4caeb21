package io.shardgrid.actor;

import io.shardgrid.key.LinkLoad;
import io.shardgrid.key.PlacementEntry;
import io.shardgrid.meter.Holdings;
import io.shardgrid.meter.MeterSettings;
import io.shardgrid.meter.NodeMeters.Memory;
import io.shardgrid.net.PeerLinks;
import io.shardgrid.route.Router;
import io.shardgrid.route.RouterWork;
import io.shardgrid.shard.Survey;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.jspecify.annotations.Nullable;

/** What meters read of one incarnation of a node. Thread-safe; nothing here blocks. */
final class Insight {

  private static final Duration TIMEOUT = Duration.ofSeconds(2);

  private final ActorSystem<?> system;
  private final PeerLinks links;
  private final Router router;
  private final ShardTable shards;
  private final Replicas replicas;
  private final MeterSettings settings;
  private volatile Holdings holdings = Holdings.UNKNOWN;
  private volatile @Nullable ActorRef<ShardHost.Command> host;

  /** What the parts of an incarnation are. */
  record Parts(PeerLinks links, Router router, ShardTable shards, Replicas replicas) {}

  Insight(ActorSystem<?> system, Parts parts, MeterSettings settings) {
    this.system = system;
    this.links = parts.links();
    this.router = parts.router();
    this.shards = parts.shards();
    this.replicas = parts.replicas();
    this.settings = settings;
  }

  /** The shards can be asked from now on. */
  void asks(ActorRef<ShardHost.Command> newHost) {
    host = newHost;
  }

  /** The shards have said what they are. */
  void surveyed(Collection<Survey> surveys) {
    holdings = NodeFigures.holdings(surveys);
  }

  /** Where a shard is, as the node knows. */
  @Nullable PlacementEntry placement(int shard) {
    return router.placement(shard);
  }

  Holdings holdings() {
    return holdings;
  }

  LinkLoad linkLoad() {
    return links.load();
  }

  RouterWork routerWork() {
    return RouterWork.of(router);
  }

  Memory memory() {
    return replicas.memory();
  }

  /** Messages that wait in the mailboxes of a group of shards, as {@code NodeTally.groupOf}. */
  long mailbox(int group) {
    return shards.waiting(firstOf(group), firstOf(group + 1));
  }

  private int firstOf(int group) {
    int groups = settings.shardGroups();
    return (int) (((long) group * shards.count() + groups - 1) / groups);
  }

  /** Asks the shards anew. */
  CompletionStage<Void> look() {
    ActorRef<ShardHost.Command> known = host;
    if (known == null || system.getWhenTerminated().toCompletableFuture().isDone()) {
      return CompletableFuture.completedStage(null);
    }
    return AskPattern.<ShardHost.Command, ShardHost.Load>ask(
            known, ShardHost.AskLoad::new, TIMEOUT, system.scheduler())
        .toCompletableFuture()
        .copy()
        .orTimeout(2 * TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
        .handle((load, failure) -> null);
  }
}
