package io.shardgrid.actor;

import io.shardgrid.autoscale.AutoscaleReport;
import io.shardgrid.autoscale.NodeProcess;
import io.shardgrid.failure.GridConfigException;
import io.shardgrid.failure.GridException;
import io.shardgrid.key.CertificateReport;
import io.shardgrid.key.Charter;
import io.shardgrid.key.ClusterReport;
import io.shardgrid.key.DrainReport;
import io.shardgrid.key.LinkReport;
import io.shardgrid.key.LossReport;
import io.shardgrid.key.MemberView;
import io.shardgrid.key.MigrationOrder;
import io.shardgrid.key.NodeId;
import io.shardgrid.key.PlanReport;
import io.shardgrid.key.PlanReport.Weighing;
import io.shardgrid.key.Readiness;
import io.shardgrid.key.SteerReport;
import io.shardgrid.key.VerifyReport;
import io.shardgrid.loader.StoreBinding;
import io.shardgrid.loader.StoreBook;
import io.shardgrid.meter.NodeMeters;
import io.shardgrid.meter.NodeTally;
import io.shardgrid.net.EventLoops;
import io.shardgrid.net.LinkSecurity;
import io.shardgrid.route.Router;
import io.shardgrid.rule.RuleBook;
import io.shardgrid.sight.ClusterSight;
import io.shardgrid.trace.TraceSwitch;
import io.shardgrid.wire.AnswerSink;
import io.shardgrid.wire.Operation;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node through all its incarnations. A node that is expelled from its cluster (it was paused or
 * cut off for too long) starts again, empty, as a new member, unless it is set to stop; its router
 * and what waits there live on.
 *
 * <p>Thread-safe. {@link #start} and {@link #close} block their caller.
 */
public final class Node implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Node.class);

  private final EngineSettings settings;
  private final EventLoops loops;
  private final @Nullable NodeProcess process;
  private final NodeSecurity security;
  private final Gauges gauges = new Gauges();
  private final @Nullable NodeTally tally;
  private final Incarnations incarnations = new Incarnations();
  private final List<Runnable> topologyListeners = new CopyOnWriteArrayList<>();
  private final CompletableFuture<Void> terminated = new CompletableFuture<>();
  private final AtomicBoolean isDrained = new AtomicBoolean();
  private final AtomicBoolean isClosed = new AtomicBoolean();
  private final TraceSwitch traces;
  private final NodeRoutes routes;
  private volatile Engine engine;
  private volatile int weight;

  private Node(
      EngineSettings settings,
      EventLoops loops,
      @Nullable NodeProcess process,
      List<StoreBinding<?, ?>> bindings) {
    this.settings = settings;
    this.loops = loops;
    this.process = process;
    this.tally = settings.metrics().isEnabled() ? new NodeTally(settings.metrics()) : null;
    this.traces = new TraceSwitch(settings.trace());
    this.routes = new NodeRoutes(settings, traces, bindings);
    this.weight = settings.member().weight();
    this.security = NodeSecurity.open(settings.security());
    try {
      this.engine = Engine.start(settings, incarnations);
    } catch (RuntimeException e) {
      closeSurroundings();
      throw e;
    }
  }

  /**
   * Starts a node and brings it into its cluster. Returns when the node is a member; one that
   * founds a cluster alone, when it is ready.
   *
   * @param loops carry the node's peer links; not closed with the node
   * @param process what it lets the autoscaler do; null if it is embedded in an application
   * @param bindings the stores of its maps; closed with the node
   * @throws GridConfigException when a setting does not fit
   * @throws io.shardgrid.failure.GridUnavailableException when no cluster could be joined in time
   */
  public static Node start(
      EngineSettings settings,
      EventLoops loops,
      @Nullable NodeProcess process,
      List<StoreBinding<?, ?>> bindings) {
    return new Node(NodeStores.agreed(settings, bindings), loops, process, bindings);
  }

  /** The incarnation that runs now. */
  Engine engine() {
    return engine;
  }

  /** What the cluster was founded with. */
  public Charter charter() {
    return engine.charter();
  }

  /** The incarnation of now. */
  public NodeId self() {
    return engine.self();
  }

  /** The node's router. */
  public Router router() {
    return routes.router();
  }

  /** The rules of the cluster, as this node knows them. */
  public RuleBook rules() {
    return routes.rules();
  }

  /** The stores behind maps, as this node knows them. */
  public StoreBook stores() {
    return routes.stores();
  }

  /** Whether operations are followed, in all its incarnations. */
  public TraceSwitch traces() {
    return traces;
  }

  /** All members that are not removed, as this node sees them now. */
  public List<MemberView> members() {
    return engine.members();
  }

  /** Completes when this node, in this incarnation, has been ready. */
  public CompletionStage<Void> ready() {
    return engine.ready();
  }

  /** Whether this node can serve, and what is missing if not. */
  public Readiness readiness() {
    return engine.readiness();
  }

  /** Asks all members what they hold. */
  public CompletionStage<ClusterReport> report() {
    return engine.desk().report();
  }

  /** Looks at the whole cluster: asks all members and the authority. */
  public CompletionStage<ClusterSight> look() {
    return engine.diagnosis().look();
  }

  /** Lets the shards that are lost begin anew, with what members have kept of them, else empty. */
  public CompletionStage<LossReport> acceptLoss() {
    return engine.desk().acceptLoss();
  }

  /**
   * Has the autoscaler know a number of the application, in the place of the one with this name.
   *
   * @throws IllegalArgumentException if there are 64 others, or the name is none
   */
  public void gauge(String name, DoubleSupplier gauge) {
    gauges.put(name, gauge);
  }

  /** What the autoscaler knows and has decided. */
  public CompletionStage<AutoscaleReport> autoscale(int entries) {
    return engine.elasticity().report(entries);
  }

  /**
   * Shows the moves of the cluster, or has them steered.
   *
   * @param shards what is to be cancelled; none for all
   */
  public CompletionStage<SteerReport> steer(MigrationOrder order, List<Integer> shards) {
    charter().requireShards(shards);
    return engine.desk().steer(order, shards);
  }

  /** What the planner would still do, if members had these weights. */
  public CompletionStage<PlanReport> plan(List<Weighing> weights) {
    weights.forEach(one -> MemberSettings.requireWeight(one.weight()));
    return engine.desk().plan(weights);
  }

  /**
   * Compares backups with their primaries.
   *
   * @param shards none for all
   */
  public CompletionStage<VerifyReport> verify(List<Integer> shards) {
    charter().requireShards(shards);
    return engine.desk().verify(shards);
  }

  /**
   * Changes this node's share of the data, for all its incarnations.
   *
   * @throws GridConfigException unless it is 0 to 1000
   */
  public void weigh(int newWeight) {
    MemberSettings.requireWeight(newWeight);
    weight = newWeight;
    engine.weigh(newWeight);
  }

  /** What the peer links of the incarnation of now have done. */
  public LinkReport links() {
    return engine.links();
  }

  /** What meters read of it, in all its incarnations. */
  public NodeMeters meters() {
    return new NodeFigures(tally, () -> engine, routes::ruleFigures, terminated::isDone);
  }

  /** How the certificate is that peers are shown; none without TLS. */
  public List<CertificateReport> certificates() {
    return security.certificates();
  }

  /** Carries out an operation of a remote client: here, or at a member that has no port for it. */
  public void operate(Operation operation, AnswerSink back) {
    engine.operate(operation, back);
  }

  /** Runs what hands over several operations: what follows from them goes together. */
  public void batch(Runnable operations) {
    engine.batch(operations);
  }

  /** Calls this after each change of placement or membership, on some thread, briefly. */
  public void onTopology(Runnable changed) {
    topologyListeners.add(changed);
  }

  /** Completes when the node has stopped for good: with an exception if nobody asked it to. */
  public CompletionStage<Void> terminated() {
    return terminated.minimalCompletionStage();
  }

  /**
   * Hands the node's shards over to other members and serves on meanwhile; blocks until that is
   * done, within {@code grid.drain-timeout}. To be followed by {@link #close}.
   *
   * @return false if something is left although there is a member to take it
   */
  public boolean drain() {
    isDrained.set(true);
    Engine leaving = engine;
    boolean isThere = !leaving.isClosing();
    DrainReport report = leaving.handOver(null);
    if (isThere) {
      Departure.warn(leaving.self(), report);
    }
    return report.outcome() != DrainReport.Outcome.UNFINISHED;
  }

  /**
   * Hands the node's shards over to other members and serves on; blocks until that is done. If it
   * is not in time, the node gets shards again some seconds later.
   *
   * @param within how long at most; null for {@code grid.drain-timeout}
   */
  public DrainReport handOver(@Nullable Duration within) {
    return engine.handOver(within);
  }

  /** Leaves the cluster in order, after handing over what can be handed over, and stops. */
  @Override
  public void close() {
    if (isClosed.getAndSet(true)) {
      terminated.exceptionally(failure -> null).join();
      return;
    }
    if (!isDrained.get()) {
      drain();
    }
    routes.stores().settle(settings.member().drainTimeout());
    engine.close();
    closeSurroundings();
    terminated.complete(null);
  }

  /** Stops at once, as a crash would look to the others. */
  public void closeNow() {
    if (!isClosed.getAndSet(true)) {
      engine.closeNow();
      closeSurroundings();
      terminated.complete(null);
    }
  }

  private void closeSurroundings() {
    security.close();
    routes.close();
  }

  private final class Incarnations implements EngineSurroundings {

    @Override
    public EventLoops loops() {
      return loops;
    }

    @Override
    public LinkSecurity security() {
      return security.links();
    }

    @Override
    public Gauges gauges() {
      return gauges;
    }

    @Override
    public NodeRoutes routes() {
      return routes;
    }

    @Override
    public @Nullable NodeTally tally() {
      return tally;
    }

    @Override
    public @Nullable NodeProcess process() {
      return process;
    }

    @Override
    public void topologyChanged() {
      topologyListeners.forEach(Runnable::run);
    }

    @Override
    public void expelled(Engine ended, GridException failure) {
      if (isClosed.get()) {
        LOG.info(failure.getMessage());
        return;
      }
      Set<String> others = new LinkedHashSet<>(ended.lastPeers());
      others.addAll(settings.member().seeds());
      others.remove(ended.self().address());
      if (!settings.member().rejoins() || others.isEmpty()) {
        LOG.error(failure.getMessage());
        closeSurroundings();
        terminated.completeExceptionally(failure);
        return;
      }
      LOG.warn("{}; it joins again, empty", failure.getMessage());
      Thread thread = new Thread(() -> rejoin(List.copyOf(others)), "grid-rejoin");
      thread.setDaemon(true);
      thread.start();
    }

    private void rejoin(List<String> others) {
      while (!isClosed.get()) {
        try {
          Engine next = Engine.start(settings.joining(others, weight), this);
          engine = next;
          next.weigh(weight);
          LOG.info("This node has joined again, empty: node={}", next.self());
          if (isClosed.get()) {
            next.closeNow();
          }
          return;
        } catch (GridConfigException e) {
          closeSurroundings();
          terminated.completeExceptionally(e);
          return;
        } catch (GridException e) {
          LOG.warn("This node could not join again yet: {}", e.getMessage());
        }
      }
    }
  }
}
