package io.shardgrid.client.mirror;

import io.shardgrid.client.CallbackThreads;
import io.shardgrid.client.ClientSettings;
import io.shardgrid.client.GridClient;
import io.shardgrid.failure.GridException;
import io.shardgrid.key.Epoch;
import io.shardgrid.key.PlacementEntry;
import io.shardgrid.map.AsyncMap;
import io.shardgrid.map.Codec;
import io.shardgrid.route.RoutedMap;
import io.shardgrid.route.Router;
import io.shardgrid.route.RouterSettings;
import io.shardgrid.trace.TraceSettings;
import io.shardgrid.trace.TraceSwitch;
import java.security.SecureRandom;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client of two clusters: production, and a canary that is asked the same and judged. Its maps
 * are those of {@link GridClient}.
 *
 * <p>In the mode {@link MirrorMode#SHADOW} callers are answered by production, and nothing that the
 * canary does or does not do is felt by them: copies of operations are bounded, and dropped and
 * counted where there is no room. In the mode {@link MirrorMode#CANARY} dyed operations on one key
 * are answered by the canary when both clusters have answered, with production's version; by
 * production if the canary fails or takes longer than {@code canary-timeout}, or may lack a write
 * of the key. A write has failed if production has failed it. Operations on several keys, scans,
 * sizes and clears are answered by production in every mode.
 *
 * <p>Failures are those of {@link AsyncMap}, with one difference: where production's client would
 * fail with {@code GridTimeoutException} it is {@code GridUnavailableException} here; nothing was
 * done either way.
 *
 * <p>Thread-safe. Writes of one key reach both clusters in the order of the calls of one mirror.
 * Where several processes write the same key through mirrors of their own, the two clusters may
 * carry those writes out in different orders, and keep different values: such a mismatch is found,
 * counts, and the key is copied anew.
 */
public final class MirroredClient implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(MirroredClient.class);
  private static final int THREADS = 5;
  private static final long TICK_MILLIS = 10;
  private static final long RETRY_MILLIS = 1_000;
  private static final long RETRY_MILLIS_MAX = 30_000;
  private static final long CLOSE_SECONDS_MAX = 5;

  private final Mirror mirror;
  private final Judge judge;
  private final Router router;
  private final ForkJoinPool callbacks;
  private final ScheduledThreadPoolExecutor threads;
  private final ComparisonQueue queue;
  private final Probes probes;
  private final Runnable closing;
  private volatile boolean isClosed;

  private MirroredClient(
      MirrorCluster production,
      RouterSettings route,
      MirrorSettings settings,
      int callbackThreads,
      Runnable closing) {
    SecureRandom seeds = new SecureRandom();
    this.closing = closing;
    this.queue = new ComparisonQueue(settings.judge().queueMax(), settings.judge().queueBytesMax());
    this.judge =
        new Judge(settings.judge(), settings.verdict(), new SplittableRandom(seeds.nextLong()));
    this.probes = new Probes(settings.judge().probes(), new SplittableRandom(seeds.nextLong()));
    this.mirror = new Mirror(production, settings, judge, queue, System::nanoTime);
    this.router =
        new Router(
            route,
            production.shards(),
            seeds.nextLong(1, Long.MAX_VALUE),
            mirror,
            System::nanoTime,
            new TraceSwitch(TraceSettings.NOTHING_NEW));
    mirror.answers(router);
    long seat = Epoch.of(1, 1);
    for (int shard = 0; shard < production.shards(); shard++) {
      router.placed(
          new PlacementEntry(shard, seat, seat, Epoch.NONE, Mirror.HERE, List.of(Mirror.HERE)));
    }
    this.callbacks = CallbackThreads.pool(callbackThreads);
    AtomicInteger number = new AtomicInteger();
    this.threads =
        new ScheduledThreadPoolExecutor(
            THREADS,
            task -> {
              Thread thread = new Thread(task, "grid-mirror-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    begin(settings);
  }

  /**
   * Connects to production, and in the background to the canary, again and again until it is there.
   *
   * @throws GridException if production cannot be connected; see {@link GridClient#connect}
   */
  public static MirroredClient connect(
      ClientSettings production, ClientSettings canary, MirrorSettings settings) {
    GridClient first = GridClient.connect(production);
    CanaryLink second = new CanaryLink(canary);
    MirroredClient client =
        new MirroredClient(
            MirrorCluster.of(first),
            production.route(),
            settings,
            production.callbackThreads(),
            () -> {
              first.close();
              second.close();
            });
    client.connectCanary(second, RETRY_MILLIS);
    return client;
  }

  /**
   * A mirror over clusters that the caller has, which are not closed with it.
   *
   * @param canary the canary, or a {@link GridException} as long as it is not there; asked on a
   *     thread of the mirror's, which it may block
   * @param route bounds of what is under way through the mirror
   */
  public static MirroredClient over(
      MirrorCluster production,
      Supplier<MirrorCluster> canary,
      RouterSettings route,
      MirrorSettings settings) {
    int threads = Runtime.getRuntime().availableProcessors();
    MirroredClient client = new MirroredClient(production, route, settings, threads, () -> {});
    client.connectCanary(canary, RETRY_MILLIS);
    return client;
  }

  private void begin(MirrorSettings settings) {
    Upkeep upkeep = new Upkeep(mirror, judge, settings.canaryTimeout().toNanos());
    threads.scheduleWithFixedDelay(
        guarded(router::tick), TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    threads.scheduleWithFixedDelay(
        guarded(() -> keepUp(upkeep)), TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    threads.scheduleWithFixedDelay(
        guarded(this::judge), TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    Prober prober = new Prober(mirror, judge, probes, settings.canaryTimeout().toNanos());
    threads.execute(() -> probe(prober));
  }

  private static void keepUp(Upkeep upkeep) {
    try {
      upkeep.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A task that fails once is still done the next time. */
  private static Runnable guarded(Runnable task) {
    return () -> {
      try {
        task.run();
      } catch (RuntimeException e) {
        LOG.error("A task of the mirror failed", e);
      }
    };
  }

  /** Judges what has come since the last time. */
  private void judge() {
    for (Comparison next = queue.poll(); next != null && !isClosed; next = queue.poll()) {
      judge.take(next, System.nanoTime());
      probes.compared(next.key());
    }
  }

  private void probe(Prober prober) {
    while (!isClosed && !Thread.currentThread().isInterrupted()) {
      try {
        // At drawn moments: one that comes early does no harm.
        LockSupport.parkNanos(probes.pauseNanos());
        prober.run();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (RuntimeException e) {
        LOG.error("A probe failed", e);
      }
    }
  }

  private void connectCanary(Supplier<MirrorCluster> canary, long retryMillis) {
    threads.execute(
        () -> {
          try {
            mirror.connected(canary.get());
            LOG.info("The canary is connected");
          } catch (GridException e) {
            if (!isClosed) {
              LOG.warn(
                  "The canary cannot be connected, tried again: waitMillis={}, reason={}",
                  retryMillis,
                  e.getMessage());
              long next = Math.min(2 * retryMillis, RETRY_MILLIS_MAX);
              threads.schedule(
                  () -> connectCanary(canary, next), retryMillis, TimeUnit.MILLISECONDS);
            }
          }
        });
  }

  /** A view of a map, as {@link GridClient#map}; its operations have no tag. */
  public <K, V> AsyncMap<K, V> map(String name, Codec<K> keys, Codec<V> values) {
    return map(name, "", keys, values);
  }

  /**
   * A view of a map whose operations carry a tag, by which {@link DyeRules} may dye them.
   *
   * @param tag empty for none
   */
  public <K, V> AsyncMap<K, V> map(String name, String tag, Codec<K> keys, Codec<V> values) {
    String marked = Tag.marked(name, tag);
    AsyncMap<K, V> map = new RoutedMap<>(marked, keys, values, router, callbacks);
    return marked.equals(name) ? map : new TaggedMap<>(name, map);
  }

  /** The name by which {@link #router} knows a map, for operations with a tag. */
  public static String tagged(String map, String tag) {
    return Tag.marked(map, tag);
  }

  /** What takes operations in bytes, for servers of other protocols. */
  public Router router() {
    return router;
  }

  /** What is known of the canary, and what to do with it. Some milliseconds of work. */
  public MirrorReport report() {
    return judge.report(
        mirror.mode(),
        mirror.tally().traffic(mirror.canary() != null),
        mirror.outOfStep().unsure(),
        mirror.outOfStep().keys());
  }

  /** What is done with dyed operations. */
  public MirrorMode mode() {
    return mirror.mode();
  }

  /**
   * From now on this is done with dyed operations. What was off has copied nothing meanwhile: all
   * maps are unsure then, until the canary has been filled.
   */
  public void mode(MirrorMode mode) {
    mirror.mode(mode);
  }

  /** Which operations are dyed. */
  public DyeRules dye() {
    return mirror.rules();
  }

  /**
   * From now on these are dyed. If the canary gets writes by them that it did not get before, all
   * maps are unsure until it has been filled.
   */
  public void dye(DyeRules rules) {
    mirror.rules(rules);
  }

  /** The canary may lack a write of this key: it is copied anew from production. */
  public void copyAnew(String map, byte[] key) {
    mirror.outOfStep().mark(new KeyRef(map, key));
  }

  /** How many keys wait to be copied anew. */
  public int outOfStep() {
    return mirror.outOfStep().keys();
  }

  /** The canary is being filled from production: nothing is compared until {@link #filled}. */
  public void fill() {
    mirror.outOfStep().fill();
  }

  /**
   * The canary is filled no more.
   *
   * @param isWhole whether it has what production has, but for keys that are being copied anew
   */
  public void filled(boolean isWhole) {
    judge.forgetVersions();
    mirror.outOfStep().filled(isWhole);
  }

  /**
   * Ends every operation that is under way and all threads; closes the clients that it has
   * connected. Closing again does nothing.
   */
  @Override
  public synchronized void close() {
    if (isClosed) {
      return;
    }
    isClosed = true;
    router.close();
    threads.shutdownNow();
    closing.run();
    callbacks.shutdown();
    try {
      threads.awaitTermination(CLOSE_SECONDS_MAX, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
