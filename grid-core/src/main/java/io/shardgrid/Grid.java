package io.shardgrid;

import io.shardgrid.actor.Node;
import io.shardgrid.autoscale.AutoscaleReport;
import io.shardgrid.autoscale.NodeProcess;
import io.shardgrid.health.Health;
import io.shardgrid.key.CertificateReport;
import io.shardgrid.key.Charter;
import io.shardgrid.key.ClusterReport;
import io.shardgrid.key.DrainReport;
import io.shardgrid.key.LinkReport;
import io.shardgrid.key.LossReport;
import io.shardgrid.key.MemberView;
import io.shardgrid.key.MigrationOrder;
import io.shardgrid.key.MigrationReport;
import io.shardgrid.key.NodeId;
import io.shardgrid.key.PlanReport;
import io.shardgrid.key.PlanReport.Weighing;
import io.shardgrid.key.Readiness;
import io.shardgrid.key.SteerReport;
import io.shardgrid.key.VerifyReport;
import io.shardgrid.loader.StoreBinding;
import io.shardgrid.loader.StoreBook;
import io.shardgrid.map.AsyncMap;
import io.shardgrid.map.Codec;
import io.shardgrid.meter.NodeMeters;
import io.shardgrid.metrics.MeteredGrid;
import io.shardgrid.net.EventLoops;
import io.shardgrid.route.RoutedMap;
import io.shardgrid.route.Router;
import io.shardgrid.rule.RuleBook;
import io.shardgrid.sight.ClusterSight;
import io.shardgrid.trace.TraceSwitch;
import io.shardgrid.wire.AnswerSink;
import io.shardgrid.wire.Operation;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A node of the grid within this JVM, and the way to the maps of its cluster.
 *
 * <pre>{@code
 * try (Grid grid = Grid.start()) {
 *   AsyncMap<String, City> cities = grid.map("cities", Codecs.string(), Codecs.json(City.class));
 *   cities.put("6545310", new City("Mitte", "DE")).toCompletableFuture().join();
 * }
 * }</pre>
 *
 * <p>Thread-safe. Several grids in one JVM share nothing. {@link #start} and {@link #close} block;
 * everything else returns at once. No shutdown hook is registered: whoever starts a grid closes it.
 */
public final class Grid implements MeteredGrid, AutoCloseable {

  private final Node node;
  private final ForkJoinPool callbacks;
  private final Runnable closeLoops;

  private Grid(Node node, int callbackThreads, Runnable closeLoops) {
    this.node = node;
    this.closeLoops = closeLoops;
    this.callbacks = new ForkJoinPool(callbackThreads, Grid::callbackThread, null, true);
  }

  private static ForkJoinWorkerThread callbackThread(ForkJoinPool pool) {
    ForkJoinWorkerThread thread = ForkJoinPool.defaultForkJoinWorkerThreadFactory.newThread(pool);
    thread.setName("grid-callback-" + thread.getPoolIndex());
    thread.setDaemon(true);
    return thread;
  }

  /** Starts a node with the application's settings. */
  public static Grid start() {
    return start(GridSettings.load());
  }

  /**
   * Starts a node. Returns when it is a member of its cluster; a founder that expects no others,
   * when it is ready.
   *
   * @throws io.shardgrid.failure.GridConfigException when a setting does not fit the machine or the
   *     cluster
   * @throws io.shardgrid.failure.GridUnavailableException when no cluster could be joined in time
   */
  public static Grid start(GridSettings settings) {
    return start(settings, List.of());
  }

  /**
   * As {@link #start(GridSettings)}, with stores behind maps: {@code grid.store.maps.NAME} says how
   * a map and its store go together. Every node of the cluster has to have the same ones.
   *
   * @param stores closed with the grid
   */
  public static Grid start(GridSettings settings, List<StoreBinding<?, ?>> stores) {
    EventLoops loops = EventLoops.start(settings.engine().member().netThreads());
    try {
      return start(settings, loops, null, stores, loops::close);
    } catch (RuntimeException | Error e) {
      loops.close();
      throw e;
    }
  }

  /**
   * As {@link #start(GridSettings)}, for a process with a server beside the node: both on the same
   * threads, so that what the server reads is carried out, and sent to a backup, without another
   * thread.
   *
   * @param loops in place of {@code grid.threads.net}; not closed with the grid
   * @param process what the process lets the autoscaler do
   * @param stores the stores behind maps; closed with the grid
   */
  public static Grid start(
      GridSettings settings,
      EventLoops loops,
      NodeProcess process,
      List<StoreBinding<?, ?>> stores) {
    return start(settings, loops, process, stores, () -> {});
  }

  private static Grid start(
      GridSettings settings,
      EventLoops loops,
      @Nullable NodeProcess process,
      List<StoreBinding<?, ?>> stores,
      Runnable closeLoops) {
    Node node = Node.start(settings.engine(), loops, process, stores);
    return new Grid(node, settings.engine().member().callbackThreads(), closeLoops);
  }

  /** A map of the cluster; made when it is first written to. */
  public <K, V> AsyncMap<K, V> map(String name, Codec<K> keys, Codec<V> values) {
    return new RoutedMap<>(name, keys, values, node.router(), callbacks);
  }

  /** Completes when this node has been ready for the first time. */
  public CompletionStage<Void> ready() {
    return node.ready();
  }

  /** Whether this node can serve now, and what is missing if not. */
  public Readiness readiness() {
    return node.readiness();
  }

  /** All members that are not removed, as this node sees them now. */
  public List<MemberView> members() {
    return node.members();
  }

  /** Asks all members what they hold. */
  public CompletionStage<ClusterReport> report() {
    return node.report();
  }

  /** How the cluster is, in one word, and why. Asks all members and the authority. */
  public CompletionStage<Health> health() {
    return look().thenApply(ClusterSight::health);
  }

  /**
   * Looks at the whole cluster: what every member sees of itself, where shards are, what moves, and
   * how the cluster is. Cheap enough for once a second. Fails with {@code GridUnavailableException}
   * if this node does not know.
   */
  public CompletionStage<ClusterSight> look() {
    return node.look();
  }

  /**
   * Accepts that the last copies of shards are gone: those that answer {@code ShardLostException}
   * begin anew, each with the newest copy that some member has kept of it, else empty. A shard may
   * only after it has been lost for {@code grid.replication.isolation}; ask again for those that
   * are refused. Fails with {@code GridUnavailableException} if a member does not answer.
   */
  public CompletionStage<LossReport> acceptLoss() {
    return node.acceptLoss();
  }

  /**
   * Has the autoscaler know a number of the application: {@code grid.autoscale.metrics} can name
   * it. It is asked for with each report, by an actor's thread, and must be brief; one that throws
   * counts as a reading that makes no sense, with which no node is removed.
   *
   * @throws IllegalArgumentException if there are 64 others, or the name is empty or longer than
   *     255 characters
   */
  public void gauge(String name, DoubleSupplier gauge) {
    node.gauge(name, gauge);
  }

  /**
   * What the autoscaler of the cluster knows and has decided.
   *
   * @param decisions the last ones, so many at most
   */
  @Override
  public CompletionStage<AutoscaleReport> autoscale(int decisions) {
    return node.autoscale(decisions);
  }

  /** The rules of the cluster: loads, lists, drops them. */
  public RuleBook rules() {
    return node.rules();
  }

  /** The stores behind maps: how they are. */
  public StoreBook stores() {
    return node.stores();
  }

  /**
   * What meters read of this node. {@code new GridMetrics(grid).bindTo(registry)} has a Micrometer
   * registry show it.
   */
  @Override
  public NodeMeters meters() {
    return node.meters();
  }

  /**
   * Whether operations are followed. {@code new GridTraces(openTelemetry).bindTo(grid.traces())}
   * has an OpenTelemetry of the application take the spans of this node.
   */
  public TraceSwitch traces() {
    return node.traces();
  }

  /** How the moves of shards are: those under way and those that have ended of late. */
  @Override
  public CompletionStage<MigrationReport> migrations() {
    return node.steer(MigrationOrder.LOOK, List.of()).thenApply(SteerReport::report);
  }

  /**
   * Steers the moves of shards: see {@link MigrationOrder}.
   *
   * @param shards what is to be cancelled; none for all
   * @throws IllegalArgumentException if there is no such shard
   */
  public CompletionStage<SteerReport> steer(MigrationOrder order, List<Integer> shards) {
    return node.steer(order, shards);
  }

  /**
   * What the planner would still do from here, without doing it.
   *
   * @param weights other weights of members, for a what-if question; 0 for one that gets nothing
   * @throws io.shardgrid.failure.GridConfigException if a weight is none
   */
  public CompletionStage<PlanReport> plan(List<Weighing> weights) {
    return node.plan(weights);
  }

  /**
   * Has the backups compare their entries with their primaries', by digests at one sequence number,
   * while both are used. Takes a few seconds at most.
   *
   * @param shards none for all
   * @throws IllegalArgumentException if there is no such shard
   */
  public CompletionStage<VerifyReport> verify(List<Integer> shards) {
    return node.verify(shards);
  }

  /**
   * Changes this node's share of the data relative to the others, 0 to 1000, as long as this JVM
   * runs; the planner takes it up within a second. With 0 it gives all its data away and stays a
   * member.
   *
   * @throws io.shardgrid.failure.GridConfigException if it is none of these
   */
  public void weight(int weight) {
    node.weigh(weight);
  }

  /** What this node's links to its peers have done since it joined. */
  public LinkReport links() {
    return node.links();
  }

  /** How the certificate is that this node shows its peers; none without {@code grid.tls}. */
  public List<CertificateReport> certificates() {
    return node.certificates();
  }

  /** What the cluster was founded with. */
  public Charter charter() {
    return node.charter();
  }

  /** This node's incarnation. */
  @Override
  public NodeId self() {
    return node.self();
  }

  /** The router, for servers that speak in bytes. */
  public Router router() {
    return node.router();
  }

  /** Carries out an operation that a remote client has named and numbered itself. */
  public void operate(Operation operation, AnswerSink back) {
    node.operate(operation, back);
  }

  /**
   * Runs what hands over several operations, on this thread: what their shards send to backups goes
   * together when it returns. Not within another batch.
   */
  public void batch(Runnable operations) {
    node.batch(operations);
  }

  /** Calls this after each change of placement or membership, on some thread; it must be brief. */
  public void onTopology(Runnable changed) {
    node.onTopology(changed);
  }

  /** Completes when the node has stopped: with an exception if it was expelled. */
  public CompletionStage<Void> terminated() {
    return node.terminated();
  }

  /**
   * Hands this node's shards over to other members and serves on meanwhile; blocks until that is
   * done, within {@code grid.drain-timeout}. To be followed by {@link #close}, which does the same
   * otherwise.
   *
   * @return false if something is left although there is a member to take it: it is lost with the
   *     node unless it has a backup
   */
  public boolean drain() {
    return node.drain();
  }

  /**
   * As {@link #drain}, but nothing is lost by it, and what is left is told: the node goes on as a
   * member, and gets shards again some seconds later unless it is closed.
   *
   * @param within how long at most; null for {@code grid.drain-timeout}
   */
  public DrainReport handOver(@Nullable Duration within) {
    return node.handOver(within);
  }

  /**
   * Hands this node's shards over, leaves the cluster in order and stops; blocks until that is
   * done, within {@code grid.drain-timeout} and {@code grid.leave-timeout}. The last node has
   * nobody to hand them to: what it holds ends with it.
   */
  @Override
  public void close() {
    node.close();
    callbacks.shutdown();
    closeLoops.run();
  }

  /** Stops at once; to the others this looks like a crash. */
  public void closeNow() {
    node.closeNow();
    callbacks.shutdown();
    closeLoops.run();
  }
}
