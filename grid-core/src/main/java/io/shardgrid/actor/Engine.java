package io.shardgrid.actor;

import io.shardgrid.bucket.PageBudget;
import io.shardgrid.failure.GridException;
import io.shardgrid.failure.GridUnavailableException;
import io.shardgrid.key.Charter;
import io.shardgrid.key.MemberView;
import io.shardgrid.key.NodeId;
import io.shardgrid.key.PlacementEntry;
import io.shardgrid.net.PeerLinks;
import io.shardgrid.placement.Placed;
import io.shardgrid.route.Router;
import io.shardgrid.shard.Replica;
import io.shardgrid.wire.AnswerSink;
import io.shardgrid.wire.Operation;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLongArray;
import org.apache.pekko.Done;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.ClusterSingleton;
import org.apache.pekko.cluster.typed.ClusterSingletonSettings;
import org.apache.pekko.cluster.typed.SingletonActor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One node, running: its actor system, its peer links, its router, and the order in which they
 * start and stop. Several run in one JVM without sharing anything.
 *
 * <p>Thread-safe. {@link #start} and {@link #close} block their caller.
 */
public final class Engine implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Engine.class);
  private static final Duration TICK = Duration.ofMillis(10);
  private static final Duration SHARD_TICK = Duration.ofMillis(250);
  private static final Duration REPORT_TIMEOUT = Duration.ofSeconds(2);
  private static final Duration LEAVE_POLL = Duration.ofMillis(50);

  private final EngineSettings settings;
  private final PeerLinks links;
  private final ActorSystem<Spawner.Command> system;
  private final NodeId self;
  private final Charter charter;
  private final Traffic traffic;
  private final Reach reach;
  private final ActorRef<PlacementAuthority.Command> authority;
  private final ScheduledExecutorService ticker;
  private final AtomicLongArray takenSeats;
  private final List<Runnable> topologyListeners = new CopyOnWriteArrayList<>();
  private final CompletableFuture<Void> ready = new CompletableFuture<>();
  private final CompletableFuture<Void> terminated = new CompletableFuture<>();
  private final AtomicBoolean isClosing = new AtomicBoolean();
  private volatile List<MemberView> members = List.of();
  private volatile boolean areSeatsStarted;

  /**
   * Starts a node and brings it into its cluster. Returns when the node is a member; one that
   * founds a cluster alone, when it is ready.
   *
   * @throws io.shardgrid.failure.GridConfigException when a setting does not fit
   * @throws GridUnavailableException when no cluster could be joined in time
   */
  public static Engine start(EngineSettings settings) {
    MemberSettings member = settings.member();
    PeerLinks links =
        PeerLinks.bind(member.host(), member.peerPort(), settings.link(), member.netThreads());
    ActorSystem<Spawner.Command> system = null;
    try {
      system = Systems.create(settings, links.port());
      return new Engine(settings, links, system);
    } catch (RuntimeException e) {
      if (system != null) {
        system.terminate();
        Systems.awaitEnd(system, member.leaveTimeout());
      }
      links.close();
      throw e;
    }
  }

  private Engine(EngineSettings settings, PeerLinks links, ActorSystem<Spawner.Command> system) {
    this.settings = settings;
    this.links = links;
    this.system = system;
    this.reach = new Reach(system);
    Cluster cluster = Cluster.get(system);
    this.self = Membership.nodeId(cluster.selfMember().uniqueAddress());
    Joining joining = Joining.begin(system, settings.member(), self);
    this.charter = joining.charter();
    this.takenSeats = new AtomicLongArray(charter.shards());
    PageBudget budget = PageBudget.of(settings.member().memoryMaxBytes());
    ShardTable shards =
        new ShardTable(
            charter.shards(),
            (shard, host) ->
                ShardActor.create(
                    new Replica(shard, charter, self, settings.shard(), budget),
                    host,
                    System::nanoTime,
                    System::currentTimeMillis));
    this.traffic = new Traffic(self, shards, links, settings.route(), newClient());
    links.start(charter, self, traffic);
    Spawner.spawn(
        system,
        ShardHost.create(
            new ShardHost.Surroundings(self, shards, this::placed, this::taken, SHARD_TICK)),
        Reach.HOST);
    this.authority = startAuthority();
    Spawner.spawn(system, MemberWatch.create(this::membersChanged), "grid-members");
    this.ticker = startTicker();
    system.getWhenTerminated().whenComplete((done, failure) -> ended());
    joining.awaitUp();
    if (settings.member().foundsCluster() && settings.placement().expect() == 1) {
      awaitReady();
    }
  }

  private ActorRef<PlacementAuthority.Command> startAuthority() {
    return ClusterSingleton.get(system)
        .init(
            SingletonActor.of(
                    PlacementAuthority.create(
                        newClient(), charter, settings.placement(), System::nanoTime),
                    "grid-authority")
                .withSettings(
                    ClusterSingletonSettings.create(system).withRole(Membership.GRID_ROLE)));
  }

  /** Nothing waits for the seats, so they start last. */
  private void startSeats() {
    Router router = traffic.router();
    Cluster cluster = Cluster.get(system);
    ClusterSharding.get(system)
        .init(
            Entity.of(
                    ShardSeat.TYPE,
                    entity ->
                        ShardSeat.create(Integer.parseInt(entity.getEntityId()), self, router))
                .withMessageExtractor(new ShardSeat.ByNumber())
                .withStopMessage(new ShardSeat.Leave())
                .withRole(Membership.GRID_ROLE)
                .withAllocationStrategy(new SeatStrategy(router, cluster)));
  }

  private ScheduledExecutorService startTicker() {
    ScheduledExecutorService executor =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "grid-ticker");
              thread.setDaemon(true);
              return thread;
            });
    executor.scheduleWithFixedDelay(
        this::tick, TICK.toMillis(), TICK.toMillis(), TimeUnit.MILLISECONDS);
    return executor;
  }

  private void tick() {
    try {
      traffic.tick();
      if (!ready.isDone() && readiness().isReady()) {
        ready.complete(null);
        startSeats();
        announceSeats();
      }
    } catch (RuntimeException e) {
      if (!isClosing.get()) {
        LOG.error("A tick of the node failed, a bug", e);
      }
    }
  }

  private static long newClient() {
    return new SecureRandom().nextLong() & Long.MAX_VALUE;
  }

  /** What the cluster was founded with. */
  public Charter charter() {
    return charter;
  }

  /** This node's incarnation. */
  public NodeId self() {
    return self;
  }

  /** This node's router. */
  public Router router() {
    return traffic.router();
  }

  /** All members that are not removed, as this node sees them now. */
  public List<MemberView> members() {
    return members;
  }

  /** Completes when this node has been ready for the first time. */
  public CompletionStage<Void> ready() {
    return ready.minimalCompletionStage();
  }

  /** Completes when the node has stopped: with an exception if nobody asked it to. */
  public CompletionStage<Void> terminated() {
    return terminated.minimalCompletionStage();
  }

  /** Calls this after each change of placement or membership, on some thread, briefly. */
  public void onTopology(Runnable changed) {
    topologyListeners.add(changed);
  }

  /** Whether this node can serve, and what is missing if not. */
  public Readiness readiness() {
    return ReadinessCheck.of(self, members, traffic.router(), links, takenSeats);
  }

  /** Carries out an operation of a remote client: here, or at a member that has no port for it. */
  public void operate(Operation operation, AnswerSink back) {
    int shard = operation.shard();
    PlacementEntry entry =
        shard >= 0 && shard < charter.shards() ? traffic.router().placement(shard) : null;
    NodeId primary = entry == null ? null : entry.primary();
    if (primary == null || primary.equals(self) || hasRespPort(primary)) {
      traffic.operate(operation, back);
    } else {
      traffic.forward(primary, operation, back);
    }
  }

  private boolean hasRespPort(NodeId node) {
    for (MemberView member : members) {
      if (member.id().equals(node)) {
        return member.respPort() != 0;
      }
    }
    return true;
  }

  /** Asks all members what they hold. */
  public CompletionStage<ClusterReport> report() {
    return new Reporting(system, reach, REPORT_TIMEOUT).report(charter, traffic.router(), members);
  }

  private void placed(Placed placed) {
    for (PlacementEntry entry : placed.entries()) {
      traffic.router().placed(entry);
    }
    topologyListeners.forEach(Runnable::run);
  }

  private void taken(PlacementEntry entry) {
    takenSeats.set(entry.shard(), entry.seat());
    if (areSeatsStarted) {
      announce(entry);
    }
  }

  private void announceSeats() {
    areSeatsStarted = true;
    for (int shard = 0; shard < charter.shards(); shard++) {
      PlacementEntry entry = traffic.router().placement(shard);
      if (entry != null && entry.seat() == takenSeats.get(shard)) {
        announce(entry);
      }
    }
  }

  private void announce(PlacementEntry entry) {
    ClusterSharding.get(system)
        .entityRefFor(ShardSeat.TYPE, Integer.toString(entry.shard()))
        .tell(new ShardSeat.Announced(entry));
  }

  private void membersChanged(List<MemberView> next) {
    List<MemberView> before = members;
    members = next;
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
    topologyListeners.forEach(Runnable::run);
  }

  private void awaitReady() {
    try {
      ready.orTimeout(settings.member().joinTimeout().toMillis(), TimeUnit.MILLISECONDS).join();
    } catch (CompletionException e) {
      throw new GridUnavailableException(
          "The node is up but not ready in time: missing=" + readiness().reasons(), e);
    }
  }

  /** Leaves the cluster in order, after handing over what can be handed over, and stops. */
  @Override
  public void close() {
    if (isClosing.getAndSet(true)) {
      terminated.exceptionally(failure -> null).join();
      return;
    }
    new Departure(settings.member().leaveTimeout(), LEAVE_POLL)
        .handOver(self, members, authority, this::load);
    CompletionStage<Done> left =
        CoordinatedShutdown.get(system).runAll(CoordinatedShutdown.clusterLeavingReason());
    Systems.await(left, settings.member().leaveTimeout());
    stop();
  }

  /** Stops at once, as a crash would look to the others. */
  public void closeNow() {
    if (isClosing.getAndSet(true)) {
      return;
    }
    stop();
  }

  private void stop() {
    traffic.router().close();
    ticker.shutdownNow();
    system.terminate();
    Systems.awaitEnd(system, settings.member().leaveTimeout());
    links.close();
    terminated.complete(null);
  }

  /** The actor system has ended: as asked, or because the others expelled this node. */
  private void ended() {
    if (isClosing.getAndSet(true)) {
      return;
    }
    GridException failure =
        new GridUnavailableException(
            "This node was expelled from the cluster and has stopped; its data is gone, start it"
                + " again as a new member: node="
                + self);
    LOG.error(failure.getMessage());
    traffic.router().close();
    ticker.shutdownNow();
    links.close();
    terminated.completeExceptionally(failure);
  }

  private CompletionStage<ShardHost.Load> load() {
    return AskPattern.ask(
        reach.host(self), ShardHost.AskLoad::new, REPORT_TIMEOUT, system.scheduler());
  }
}
