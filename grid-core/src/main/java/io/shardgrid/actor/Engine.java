package io.shardgrid.actor;

import io.shardgrid.failure.GridUnavailableException;
import io.shardgrid.key.Charter;
import io.shardgrid.key.DrainReport;
import io.shardgrid.key.LinkReport;
import io.shardgrid.key.MemberView;
import io.shardgrid.key.NodeId;
import io.shardgrid.key.PlacementEntry;
import io.shardgrid.key.Readiness;
import io.shardgrid.net.PeerLinks;
import io.shardgrid.placement.Placed;
import io.shardgrid.shard.MemberEchoes;
import io.shardgrid.wire.AnswerSink;
import io.shardgrid.wire.Operation;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.apache.pekko.Done;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.typed.Cluster;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One incarnation of a node: its actor system, its peer links, its shards, and the order in which
 * they start and stop.
 *
 * <p>Thread-safe. {@link #start} and {@link #close} block their caller.
 */
final class Engine {

  private static final Logger LOG = LoggerFactory.getLogger(Engine.class);
  private static final Duration READY_TICK = Duration.ofMillis(10);
  private static final Duration LEAVE_POLL = Duration.ofMillis(50);

  private final EngineSettings settings;
  private final PeerLinks links;
  private final ActorSystem<Spawner.Command> system;
  private final NodeId self;
  private final Charter charter;
  private final Traffic traffic;
  private final RemoteOperations remote;
  private final Reach reach;
  private final Insight insight;
  private final Crew crew;
  private final EngineSurroundings around;
  private final NodeRouter nodeRouter;
  private final Seats seats;
  private final CompletableFuture<Void> isMember = new CompletableFuture<>();
  private final CompletableFuture<Void> ready = new CompletableFuture<>();
  private final AtomicBoolean isClosing = new AtomicBoolean();
  private volatile List<MemberView> members = List.of();
  private volatile int weight;

  /** Kept while the others seem to leave one by one, as they do when this node is expelled. */
  private volatile List<String> lastPeers = List.of();

  /**
   * Starts a node and brings it into its cluster. Returns when the node is a member; one that
   * founds a cluster alone, when it is ready.
   *
   * @throws io.shardgrid.failure.GridConfigException when a setting does not fit
   * @throws GridUnavailableException when no cluster could be joined in time
   */
  static Engine start(EngineSettings settings, EngineSurroundings around) {
    MemberSettings member = settings.member();
    PeerLinks links =
        PeerLinks.bind(member.peerAddress(), settings.link(), around.loops(), around.security());
    ActorSystem<Spawner.Command> system = null;
    try {
      system = Systems.create(settings, links.port(), around.security().tls());
      return new Engine(settings, links, system, around);
    } catch (RuntimeException e) {
      if (system != null) {
        system.terminate();
        Systems.awaitEnd(system, member.leaveTimeout());
      }
      links.close();
      throw e;
    }
  }

  private Engine(
      EngineSettings settings,
      PeerLinks links,
      ActorSystem<Spawner.Command> system,
      EngineSurroundings around) {
    this.settings = settings;
    this.around = around;
    this.links = links;
    this.system = system;
    this.reach = new Reach(system);
    Cluster cluster = Cluster.get(system);
    this.self = Membership.nodeId(cluster.selfMember().uniqueAddress());
    Joining joining = Joining.begin(system, settings.member(), around.security().secret(), self);
    this.charter = joining.charter();
    this.nodeRouter = around.routes().router(charter);
    MemberEchoes echoes = new MemberEchoes();
    Replicas replicas =
        new Replicas(
            settings, charter, self, echoes, around.tally(), around.routes().stores().runner());
    ShardTable shards = replicas.table(links::send, nodeRouter, around.routes().rules().runner());
    this.insight =
        new Insight(
            system,
            new Insight.Parts(links, nodeRouter.router(), shards, replicas),
            settings.metrics());
    this.seats = new Seats(system, self, nodeRouter.router());
    this.traffic = new Traffic(self, shards, links, nodeRouter.router());
    this.remote = new RemoteOperations(self, traffic, nodeRouter.router(), () -> members);
    // Before anything can be placed here: a placement on this node opens its own way.
    nodeRouter.use(traffic);
    links.start(charter, self, traffic);
    this.weight = settings.member().weight();
    this.crew =
        new Crew(
            system,
            new Crew.Needs(
                settings,
                around,
                self,
                charter,
                nodeRouter.router(),
                shards,
                replicas.pace(),
                echoes,
                this::placed,
                seats::take,
                insight::surveyed,
                this::members,
                this::readiness,
                () -> weight));
    insight.asks(crew.host());
    traffic.watchedBy(crew.watch());
    begin(joining);
  }

  /** All parts are there: they hear of the members from now on. */
  private void begin(Joining joining) {
    Spawner.spawn(system, MemberWatch.create(this::membersChanged), "grid-members");
    awaitReadyInBackground();
    system.getWhenTerminated().whenComplete((done, failure) -> ended());
    try {
      awaitMembership(joining);
    } catch (RuntimeException e) {
      // The caller is told; the end of the actor system is no expulsion then.
      isClosing.set(true);
      nodeRouter.use(null);
      throw e;
    }
  }

  private void awaitMembership(Joining joining) {
    joining.awaitUp();
    isMember.join();
    if (isAlone()) {
      awaitReady();
    } else {
      seats.start();
    }
  }

  /** Looks every few milliseconds whether the node is ready; then starts what can wait. */
  private void awaitReadyInBackground() {
    Thread watch =
        new Thread(
            () -> {
              while (!isClosing.get() && !readiness().isReady()) {
                LockSupport.parkNanos(READY_TICK.toNanos());
              }
              becomeReady();
            },
            "grid-start");
    watch.setDaemon(true);
    watch.start();
  }

  /** Whether this node begins a cluster without waiting for others. */
  private boolean isAlone() {
    return settings.member().foundsCluster() && settings.placement().expect() == 1;
  }

  private void becomeReady() {
    try {
      if (!isClosing.get()) {
        ready.complete(null);
        seats.start();
        seats.announceAll();
      }
    } catch (RuntimeException e) {
      if (!isClosing.get()) {
        LOG.error("The seats of Cluster Sharding did not start, a bug", e);
      }
    }
  }

  /** What the cluster was founded with. */
  Charter charter() {
    return charter;
  }

  /** Cluster addresses of the others when there were any last. */
  List<String> lastPeers() {
    return lastPeers;
  }

  /** The actor system that membership commands go to. */
  ActorSystem<?> system() {
    return system;
  }

  /** This node's incarnation. */
  NodeId self() {
    return self;
  }

  /** All members that are not removed, as this node sees them now. */
  List<MemberView> members() {
    return members.stream()
        .map(member -> member.id().equals(self) ? member.withWeight(weight) : member)
        .toList();
  }

  /** What operators ask. */
  OperatorDesk desk() {
    return crew.desk();
  }

  /** What concerns the cluster's size. */
  Elasticity elasticity() {
    return crew.elasticity();
  }

  /** What meters read. */
  Insight insight() {
    return insight;
  }

  /** What looks at the whole cluster. */
  Diagnosis diagnosis() {
    return crew.diagnosis();
  }

  /** What its peer links have done. */
  LinkReport links() {
    return links.counters().report();
  }

  /** Changes this node's share of the data. */
  void weigh(int newWeight) {
    weight = newWeight;
    crew.host().tell(new ShardHost.Weigh(newWeight));
  }

  /** Completes when this node has been ready for the first time. */
  CompletionStage<Void> ready() {
    return ready.minimalCompletionStage();
  }

  /** Whether this node can serve, and what is missing if not. */
  Readiness readiness() {
    return ReadinessCheck.of(self, members, nodeRouter.router(), links, seats);
  }

  /** Carries out an operation of a remote client: here, or at a member that has no port for it. */
  void operate(Operation operation, AnswerSink back) {
    remote.operate(operation, back);
  }

  /** Runs what hands over several operations: what follows from them goes together. */
  void batch(Runnable operations) {
    CallerRuns.beginBatch();
    try {
      operations.run();
    } finally {
      CallerRuns.endBatch();
    }
  }

  private void placed(Placed placed) {
    for (PlacementEntry entry : placed.entries()) {
      nodeRouter.router().placed(entry);
    }
    around.topologyChanged();
  }

  private void membersChanged(List<MemberView> next) {
    if (next.stream().noneMatch(member -> member.id().equals(self))) {
      // Not a member yet, or expelled: then all others seem to be gone, but it is this node.
      return;
    }
    List<String> others =
        next.stream()
            .filter(member -> !member.id().equals(self))
            .map(member -> member.id().address())
            .toList();
    if (!others.isEmpty()) {
      lastPeers = others;
    }
    List<MemberView> before = members;
    members = next;
    remote.membersChanged();
    crew.watch().tell(new PeerWatch.Members(next));
    isMember.complete(null);
    for (MemberView member : next) {
      if (!member.id().equals(self)) {
        links.connect(member.id(), member.peerPort());
      }
    }
    for (MemberView member : before) {
      if (next.stream().noneMatch(other -> other.id().equals(member.id()))) {
        links.forget(member.id());
      }
    }
    around.topologyChanged();
  }

  private void awaitReady() {
    try {
      ready.orTimeout(settings.member().joinTimeout().toMillis(), TimeUnit.MILLISECONDS).join();
    } catch (CompletionException e) {
      throw new GridUnavailableException(
          "The node is up but not ready in time: missing=" + readiness().reasons(), e);
    }
  }

  /** Whether it stops, or has stopped, asked to or not. */
  boolean isClosing() {
    return isClosing.get();
  }

  /** Hands over what can be handed over, and serves on meanwhile. Blocks. */
  DrainReport handOver(@Nullable Duration within) {
    if (isClosing.get()) {
      return new DrainReport(DrainReport.Outcome.UNFINISHED, 0, 0, 0);
    }
    Duration timeout = within == null ? settings.member().drainTimeout() : within;
    return new Departure(timeout, LEAVE_POLL)
        .handOver(
            self,
            new Farewells(
                system, self, crew.authority(), reach, nodeRouter.router(), this::members));
  }

  /** Leaves the cluster in order and stops. */
  void close() {
    if (isClosing.getAndSet(true)) {
      return;
    }
    CompletionStage<Done> left =
        CoordinatedShutdown.get(system).runAll(CoordinatedShutdown.clusterLeavingReason());
    Systems.await(left, settings.member().leaveTimeout());
    stop();
  }

  /** Stops at once, as a crash would look to the others. */
  void closeNow() {
    if (!isClosing.getAndSet(true)) {
      stop();
    }
  }

  private void stop() {
    nodeRouter.use(null);
    system.terminate();
    Systems.awaitEnd(system, settings.member().leaveTimeout());
    links.close();
  }

  /** The actor system has ended: as asked, or because the others expelled this node. */
  private void ended() {
    if (isClosing.getAndSet(true)) {
      return;
    }
    nodeRouter.use(null);
    members.forEach(member -> nodeRouter.router().wayClosed(member.id()));
    links.close();
    around.expelled(
        this,
        new GridUnavailableException(
            "This node was expelled from the cluster and has stopped; its data is gone: node="
                + self));
  }
}
