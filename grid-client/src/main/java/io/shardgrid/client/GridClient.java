package io.shardgrid.client;

import io.shardgrid.client.net.Connections;
import io.shardgrid.client.net.Identity;
import io.shardgrid.client.net.NodeAddress;
import io.shardgrid.failure.GridAccessException;
import io.shardgrid.failure.GridConfigException;
import io.shardgrid.failure.GridUnavailableException;
import io.shardgrid.map.AsyncMap;
import io.shardgrid.map.Codec;
import io.shardgrid.route.Outcome;
import io.shardgrid.route.RoutedMap;
import io.shardgrid.route.RoutedShards;
import io.shardgrid.route.Router;
import io.shardgrid.tls.LiveCredentials;
import io.shardgrid.trace.TraceSwitch;
import io.shardgrid.wire.Request;
import io.shardgrid.wire.Topology;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A connection to a grid from outside: maps with the same interface as in an embedded member.
 *
 * <p>Knows where every shard is and sends each operation straight to the node that owns it, over
 * one connection a node that all threads share; many operations travel in one write. Moves of
 * shards, joining and leaving nodes and broken connections are not seen by callers: operations are
 * sent again, in order, and each is carried out at most once. Only what could not be brought to an
 * end by its deadline fails, as {@link AsyncMap} says.
 *
 * <p>Thread-safe; one client for each cluster and process is enough. Its threads are daemons: event
 * loops {@code grid-client-N}, which never run code of users, and {@code grid-client-callback-N},
 * which complete stages and run what depends on them. Bounds and waits are {@link ClientSettings}.
 */
public final class GridClient implements AutoCloseable {

  private static final long CLOSE_SECONDS_MAX = 5;

  private final Connections connections;
  private final Router router;
  private final ForkJoinPool callbacks;
  private final @Nullable LiveCredentials tls;

  private GridClient(
      Connections connections,
      Router router,
      ForkJoinPool callbacks,
      @Nullable LiveCredentials tls) {
    this.tls = tls;
    this.connections = connections;
    this.router = router;
    this.callbacks = callbacks;
  }

  /**
   * Connects to the cluster of a node, with the application's settings for the rest.
   *
   * @param seed host:port of any node's RESP port
   * @throws GridConfigException if the address does not parse or a setting is wrong
   * @throws GridUnavailableException if no node could be connected in time; says what was tried
   */
  public static GridClient connect(String seed) {
    return connect(List.of(seed));
  }

  /**
   * Connects to the cluster of some nodes, of which the first that answers is enough.
   *
   * @param seeds host:port of RESP ports
   * @throws GridConfigException if an address does not parse or a setting is wrong
   * @throws GridUnavailableException if no node could be connected in time; says what was tried
   */
  public static GridClient connect(List<String> seeds) {
    return connect(ClientSettings.load().withSeeds(seeds));
  }

  /**
   * Connects to a cluster. Blocks until the cluster is known and one of its members is connected;
   * the others are connected in the background.
   *
   * @throws GridConfigException if an address does not parse or certificates cannot be used
   * @throws GridAccessException if a node wants to know who the client is, or does not know it
   * @throws GridUnavailableException if no node could be connected in time; says what was tried
   */
  public static GridClient connect(ClientSettings settings) {
    List<NodeAddress> seeds = settings.seeds().stream().map(NodeAddress::parse).toList();
    long client = new SecureRandom().nextLong(1, Long.MAX_VALUE);
    long deadline = System.nanoTime() + settings.connectTimeout().toNanos();
    LiveCredentials tls = settings.tls().map(LiveCredentials::open).orElse(null);
    Connections connections =
        new Connections(
            settings.connection(), new Identity(tls, settings.credentials()), seeds, client);
    try {
      Topology first = connections.find(settings.connectTimeout());
      Router router =
          new Router(
              settings.route(),
              first.charter().shards(),
              client,
              connections,
              System::nanoTime,
              new TraceSwitch(settings.trace()));
      Duration left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
      connections.begin(router, first, settings.tickInterval(), left);
      return new GridClient(
          connections, router, CallbackThreads.pool(settings.callbackThreads()), tls);
    } catch (RuntimeException | Error e) {
      connections.close();
      close(tls);
      throw e;
    }
  }

  /**
   * A view of a map. It costs nothing and holds nothing; ask for it as often as you like.
   *
   * @param name the map's name, 1 to 255 bytes of UTF-8
   * @param keys how keys become bytes; the same for all who use the map
   * @param values how values become bytes
   * @throws IllegalArgumentException if the name is empty or too long
   */
  public <K, V> AsyncMap<K, V> map(String name, Codec<K> keys, Codec<V> values) {
    return new RoutedMap<>(name, keys, values, router, callbacks);
  }

  /** The shards of the cluster, asked one by one: for what keeps data elsewhere. */
  public RoutedShards shards() {
    return new RoutedShards(router, callbacks);
  }

  /**
   * Sends a request to a shard, in bytes and without waiting: for what stands between a grid and
   * its callers. Requests of one shard are carried out in the order of the calls.
   *
   * @param timeoutNanos time until it ends, at the latest
   * @param outcome told once, perhaps before this returns
   */
  public void ask(String map, int shard, Request request, long timeoutNanos, Outcome outcome) {
    router.submit(map, shard, request, timeoutNanos, outcome);
  }

  /**
   * Whether operations are followed. {@code new GridTraces(openTelemetry).bindTo(client.traces())}
   * has an OpenTelemetry of the application take the spans; the nodes add theirs to their own.
   */
  public TraceSwitch traces() {
    return router.traces();
  }

  /** What the client knows of its cluster now: charter, members, placement. O(shards). */
  public Topology topology() {
    return connections.topology();
  }

  /**
   * Ends every operation that is under way, with {@code OutcomeUnknownException} or, if nothing was
   * done, {@code GridUnavailableException}; then all connections and threads. Waits for the threads
   * up to a few seconds, except for the one that calls. Closing again does nothing.
   */
  @Override
  public void close() {
    router.close();
    connections.close();
    close(tls);
    callbacks.shutdown();
    boolean isCallback =
        Thread.currentThread() instanceof ForkJoinWorkerThread worker
            && worker.getPool() == callbacks;
    if (!isCallback) {
      awaitCallbacks();
    }
  }

  private static void close(@Nullable LiveCredentials tls) {
    if (tls != null) {
      tls.close();
    }
  }

  private void awaitCallbacks() {
    try {
      callbacks.awaitTermination(CLOSE_SECONDS_MAX, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
