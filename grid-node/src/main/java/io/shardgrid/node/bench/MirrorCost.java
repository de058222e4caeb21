package io.shardgrid.node.bench;

import io.shardgrid.client.ClientSettings;
import io.shardgrid.client.GridClient;
import io.shardgrid.client.mirror.MirrorCluster;
import io.shardgrid.client.mirror.MirrorReport;
import io.shardgrid.client.mirror.MirrorSettings;
import io.shardgrid.client.mirror.MirroredClient;
import io.shardgrid.map.AsyncMap;
import io.shardgrid.map.Codecs;
import io.shardgrid.map.SyncMap;
import io.shardgrid.node.cli.Remote;
import io.shardgrid.node.cli.Screen;
import io.shardgrid.node.cli.Waiting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToDoubleFunction;
import org.HdrHistogram.Histogram;

/**
 * Measures what a mirror costs production: the times of the same load through a client of
 * production alone and through a mirror, by turns, with the same clusters.
 *
 * <p>Confined to one thread, which it blocks.
 */
final class MirrorCost {

  /*
   * Operations are sent at a fixed rate, and their time counts from when they were due: what waits
   * behind a slow one is slow too. Both ways are measured in each round, the first one changes.
   */
  private static final int READ_PERCENT = 80;
  private static final int PERCENT = 100;
  private static final int DIGITS = 3;
  private static final double NANOS = 1e9;
  private static final double MICRO = 1e3;
  private static final Duration PAUSE = Duration.ofMillis(20);

  /** Maps of their own: what is written beside a mirror is missing at the canary. */
  private static final String MIRRORED = "mirrored";

  private static final String PLAIN = "plain";

  private final Plan plan;
  private final String heap;
  private final Screen screen;

  /**
   * What to do.
   *
   * @param rate operations a second
   * @param callers threads that wait for each operation
   */
  record Plan(
      int nodes,
      int entries,
      int valueBytes,
      int rate,
      int callers,
      Duration warm,
      Duration time,
      int rounds) {}

  MirrorCost(Plan plan, String heap, Screen screen) {
    this.plan = plan;
    this.heap = heap;
    this.screen = screen;
  }

  /** Measures. */
  void measure() throws InterruptedException {
    try (BenchNodes production = new BenchNodes("grid.backups = 0\n", heap, screen);
        BenchNodes canary = new BenchNodes("grid.backups = 0\n", heap, screen);
        GridClient client = Remote.connect(production.start(plan.nodes()));
        GridClient other = Remote.connect(canary.start(plan.nodes()));
        MirroredClient mirror =
            MirroredClient.over(
                MirrorCluster.of(client),
                () -> MirrorCluster.of(other),
                ClientSettings.load().route(),
                MirrorSettings.load())) {
      while (!mirror.report().traffic().isConnected()) {
        Waiting.linger(PAUSE);
      }
      AsyncMap<String, byte[]> plain = client.map(PLAIN, Codecs.string(), Codecs.bytes());
      AsyncMap<String, byte[]> mirrored = mirror.map(MIRRORED, Codecs.string(), Codecs.bytes());
      fill(plain.sync());
      fill(mirrored.sync());
      turn(plain.sync(), plan.warm());
      turn(mirrored.sync(), plan.warm());
      List<Histogram> without = new ArrayList<>();
      List<Histogram> with = new ArrayList<>();
      for (int round = 0; round < plan.rounds(); round++) {
        if (round % 2 == 0) {
          with.add(turn(mirrored.sync(), plan.time()));
          without.add(turn(plain.sync(), plan.time()));
        } else {
          without.add(turn(plain.sync(), plan.time()));
          with.add(turn(mirrored.sync(), plan.time()));
        }
      }
      show(with, without, mirror.report());
      production.demandAlive();
      canary.demandAlive();
      production.forgetLogs();
      canary.forgetLogs();
    }
  }

  private void fill(SyncMap<String, byte[]> map) {
    Keys keys = new Keys(plan.entries());
    for (int number = 0; number < plan.entries(); number++) {
      map.put(keys.at(number), new byte[plan.valueBytes()]);
    }
  }

  private Histogram turn(SyncMap<String, byte[]> map, Duration time) throws InterruptedException {
    ExecutorService callers = Executors.newFixedThreadPool(plan.callers());
    try {
      long from = System.nanoTime();
      List<Future<Histogram>> ends = new ArrayList<>();
      for (int caller = 0; caller < plan.callers(); caller++) {
        int number = caller;
        ends.add(callers.submit(() -> call(map, number, from, time)));
      }
      Histogram all = new Histogram(DIGITS);
      for (Future<Histogram> end : ends) {
        all.add(end.get());
      }
      return all;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } finally {
      callers.shutdownNow();
    }
  }

  private Histogram call(SyncMap<String, byte[]> map, int caller, long from, Duration time) {
    Histogram times = new Histogram(DIGITS);
    SplittableRandom random = new SplittableRandom(caller);
    Keys keys = new Keys(plan.entries());
    double step = NANOS * plan.callers() / plan.rate();
    long number = 0;
    long due = from + (long) (step * caller / plan.callers());
    while (due - from < time.toNanos()) {
      for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
        LockSupport.parkNanos(left);
      }
      String key = keys.at(random.nextInt(plan.entries()));
      if (random.nextInt(PERCENT) < READ_PERCENT) {
        map.get(key);
      } else {
        map.put(key, new byte[plan.valueBytes()]);
      }
      times.recordValue(System.nanoTime() - due);
      number++;
      due = from + (long) (step * (number + (double) caller / plan.callers()));
    }
    return times;
  }

  private void show(List<Histogram> with, List<Histogram> without, MirrorReport report) {
    screen.line(
        "  %-8s %14s %14s   %s"
            .formatted("", "mirrored, us", "without, us", "ratio (quartiles of the rounds)"));
    for (double percentile : new double[] {50, 99, 99.9}) {
      ToDoubleFunction<Histogram> of = times -> times.getValueAtPercentile(percentile) / MICRO;
      double[] dear = with.stream().mapToDouble(of).toArray();
      double[] cheap = without.stream().mapToDouble(of).toArray();
      double[] ratios = new double[dear.length];
      for (int round = 0; round < ratios.length; round++) {
        ratios[round] = dear[round] / cheap[round];
      }
      screen.line(
          String.format(
              Locale.ROOT,
              "  p%-7s %14.0f %14.0f   %.3f (%.3f to %.3f)",
              String.valueOf(percentile).replaceAll("\\.0$", ""),
              quartile(dear, 2),
              quartile(cheap, 2),
              quartile(ratios, 2),
              quartile(ratios, 1),
              quartile(ratios, 3)));
    }
    screen.line(
        "  copied %,d, dropped %,d, compared %,d, verdict %s"
            .formatted(
                report.traffic().copied(),
                report.traffic().dropped(),
                report.compared(),
                report.verdict()));
  }

  private static double quartile(double[] numbers, int quarter) {
    double[] sorted = numbers.clone();
    Arrays.sort(sorted);
    return sorted[(int) Math.round((sorted.length - 1) * quarter / 4.0)];
  }
}
