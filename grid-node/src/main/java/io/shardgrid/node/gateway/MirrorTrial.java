package io.shardgrid.node.gateway;

import io.shardgrid.client.mirror.MirrorCluster;
import io.shardgrid.client.mirror.MirrorReport;
import io.shardgrid.client.mirror.MirrorSettings;
import io.shardgrid.client.mirror.MirroredClient;
import io.shardgrid.client.mirror.SelfTestReport;
import io.shardgrid.client.mirror.Verdict;
import io.shardgrid.map.Codecs;
import io.shardgrid.map.SyncMap;
import io.shardgrid.node.cli.Waiting;
import io.shardgrid.route.RouterSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One trial: two real clusters behind a mirror, the canary healthy or with a planted fault, a load
 * of reads and writes, some with a time to live, and what the verdict is in the end.
 *
 * <p>Confined to one thread, which it blocks.
 */
final class MirrorTrial {

  private static final int CALLERS = 2;
  private static final int KEYS = 500;
  private static final int WRITE_OF = 4;
  private static final int EXPIRING_OF = 4;
  private static final int VALUE_BYTES = 100;
  private static final Duration TTL = Duration.ofMinutes(10);
  private static final Duration PAUSE = Duration.ofMillis(20);

  /** A report takes a processor for some tens of milliseconds, which the probes would feel. */
  private static final Duration BETWEEN_REPORTS = Duration.ofMillis(250);

  private static final Duration SETTLE_MAX = Duration.ofSeconds(2);
  private static final int ROUNDS_MAX = 10;
  private static final double NANOS = 1e9;

  private final MirrorCluster production;
  private final MirrorCluster canary;
  private final RouterSettings route;
  private final MirrorSettings settings;
  private final Load load;
  private final ScheduledExecutorService timer;

  /**
   * What callers ask.
   *
   * @param operations of one round
   * @param rate of them a second, at random moments; what is late is made up for
   */
  record Load(int operations, int rate) {}

  /**
   * Trials of two clusters.
   *
   * @param timer delays answers
   */
  MirrorTrial(
      MirrorCluster production,
      MirrorCluster canary,
      RouterSettings route,
      MirrorSettings settings,
      Load load,
      ScheduledExecutorService timer) {
    this.production = production;
    this.canary = canary;
    this.route = route;
    this.settings = settings;
    this.load = load;
    this.timer = timer;
  }

  /**
   * Makes one. A canary that is held is loaded further, as that means, ten times at most.
   *
   * @param map that no other trial has used
   * @param fault null for a healthy canary
   */
  MirrorReport run(String map, long seed, @Nullable CanaryFault fault) throws InterruptedException {
    MirrorCluster asked = fault == null ? canary : fault.plant(canary, timer);
    try (MirroredClient client = MirroredClient.over(production, () -> asked, route, settings)) {
      while (!client.report().traffic().isConnected()) {
        Waiting.linger(PAUSE);
      }
      MirrorReport report = client.report();
      for (int round = 0; isHeld(report) && round < ROUNDS_MAX; round++) {
        load(client.map(map, Codecs.string(), Codecs.bytes()).sync(), seed * ROUNDS_MAX + round);
        report = settled(client);
      }
      return report;
    }
  }

  private void load(SyncMap<String, byte[]> map, long seed) throws InterruptedException {
    ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
    try {
      List<Future<?>> ends = new ArrayList<>();
      for (int caller = 0; caller < CALLERS; caller++) {
        SplittableRandom random = new SplittableRandom(seed * CALLERS + caller);
        ends.add(callers.submit(() -> load(map, random)));
      }
      for (Future<?> end : ends) {
        end.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("production has failed an operation", e.getCause());
    } finally {
      callers.shutdownNow();
    }
  }

  private void load(SyncMap<String, byte[]> map, SplittableRandom random) {
    double meanNanos = NANOS * CALLERS / load.rate();
    double due = System.nanoTime();
    for (int number = 0; number < load.operations() / CALLERS; number++) {
      due -= meanNanos * Math.log(1 - random.nextDouble());
      awaitUntil((long) due);
      String key = "key-" + random.nextInt(KEYS);
      if (random.nextInt(WRITE_OF) > 0) {
        map.get(key);
      } else {
        byte[] value = new byte[VALUE_BYTES];
        random.nextBytes(value);
        if (random.nextInt(EXPIRING_OF) == 0) {
          map.put(key, value, TTL);
        } else {
          map.put(key, value);
        }
      }
    }
  }

  private static void awaitUntil(long dueNanos) {
    for (long left = dueNanos - System.nanoTime(); left > 0; left = dueNanos - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  /** Mismatches and the self-test take a moment until they have been looked at again. */
  private static MirrorReport settled(MirroredClient client) {
    long end = System.nanoTime() + SETTLE_MAX.toNanos();
    MirrorReport report = client.report();
    while (isUnderWay(report) && System.nanoTime() < end) {
      Waiting.linger(BETWEEN_REPORTS);
      report = client.report();
    }
    return report;
  }

  private static boolean isHeld(MirrorReport report) {
    return report.verdict().decision() == Verdict.Decision.HOLD;
  }

  private static boolean isUnderWay(MirrorReport report) {
    return isHeld(report)
        || report.selfTest().kinds().values().stream().anyMatch(MirrorTrial::isUnderWay);
  }

  private static boolean isUnderWay(SelfTestReport.Kind kind) {
    return kind.reported() + kind.missed() < kind.injected();
  }
}
