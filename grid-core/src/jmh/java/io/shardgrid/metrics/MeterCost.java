package io.shardgrid.metrics;

import io.shardgrid.Grid;
import io.shardgrid.GridSettings;
import io.shardgrid.figures.Amounts;
import io.shardgrid.figures.MarkdownTable;
import io.shardgrid.figures.Options;
import io.shardgrid.figures.ReportSection;
import io.shardgrid.map.AsyncMap;
import io.shardgrid.map.Codecs;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Measures what counting for meters costs operations of an embedded grid: two grids in one JVM, one
 * with {@code grid.metrics} and one without, are used by turns of some thousand operations, the
 * first of each pair by turns too; what counts is the median of the pairs' ratios. All of such an
 * operation is done by the thread that calls, so that its processor time is the cost, whatever else
 * the machine does.
 */
final class MeterCost {

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final int VALUE_BYTES = 100;

  private final Options options;
  private final String[] keys;
  private final AsyncMap<String, byte[]> with;
  private final AsyncMap<String, byte[]> without;

  private MeterCost(Options options, Grid with, Grid without) {
    this.options = options;
    this.keys = new String[options.number("entries")];
    Arrays.setAll(keys, number -> "key-" + number);
    this.with = with.map("m", Codecs.string(), Codecs.bytes());
    this.without = without.map("m", Codecs.string(), Codecs.bytes());
    for (String key : keys) {
      this.with.put(key, new byte[VALUE_BYTES]).toCompletableFuture().join();
      this.without.put(key, new byte[VALUE_BYTES]).toCompletableFuture().join();
    }
  }

  public static void main(String[] args) throws InterruptedException, ExecutionException {
    System.out.println(ReportSection.render(measure(List.of(args))));
    System.exit(0);
  }

  /** Runs everything; minutes at the default size. */
  static List<ReportSection> measure(List<String> args)
      throws InterruptedException, ExecutionException {
    Options options =
        Options.parse(
            args.toArray(String[]::new),
            Map.of(
                "entries", "100_000",
                "pairs", "400",
                "operations", "20_000",
                "warm", "100",
                "threads", "1,2"));
    GridSettings settings = GridSettings.reference();
    try (Grid with = Grid.start(settings);
        Grid without = Grid.start(settings.with("metrics.enabled", "off"))) {
      return List.of(new MeterCost(options, with, without).section(args));
    }
  }

  private ReportSection section(List<String> args) throws InterruptedException, ExecutionException {
    MarkdownTable table =
        new MarkdownTable("operation", "threads", "with", "without", "median ratio", "quartiles");
    for (String threads : options.list("threads")) {
      ExecutorService pool = Executors.newFixedThreadPool(Integer.parseInt(threads));
      try {
        row(table, "get", pool, Integer.parseInt(threads));
        row(table, "put", pool, Integer.parseInt(threads));
      } finally {
        pool.shutdown();
      }
    }
    double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    return new ReportSection(
        "What counting for meters costs",
        ReportSection.command(MeterCost.class, args),
        List.of(
            String.format(
                Locale.ROOT,
                "Processor time of an operation in two grids of one JVM, by turns of %s operations"
                    + " each, %s pairs; %s entries of %d bytes. Load average at the end: %.1f.",
                options.text("operations"),
                options.text("pairs"),
                options.text("entries"),
                VALUE_BYTES,
                load)),
        table);
  }

  private void row(MarkdownTable table, String operation, ExecutorService pool, int threads)
      throws InterruptedException, ExecutionException {
    int pairs = options.number("pairs");
    double[] on = new double[pairs];
    double[] off = new double[pairs];
    double[] ratios = new double[pairs];
    for (int pair = -options.number("warm"); pair < pairs; pair++) {
      boolean isFirstOn = (pair & 1) == 0;
      double first = nanos(isFirstOn ? with : without, operation, pool, threads);
      double second = nanos(isFirstOn ? without : with, operation, pool, threads);
      if (pair >= 0) {
        on[pair] = isFirstOn ? first : second;
        off[pair] = isFirstOn ? second : first;
        ratios[pair] = on[pair] / off[pair];
      }
    }
    Arrays.sort(on);
    Arrays.sort(off);
    Arrays.sort(ratios);
    table.row(
        operation,
        String.valueOf(threads),
        Amounts.nanos(on[pairs / 2]),
        Amounts.nanos(off[pairs / 2]),
        String.format(Locale.ROOT, "%.3f", ratios[pairs / 2]),
        String.format(Locale.ROOT, "%.3f to %.3f", ratios[pairs / 4], ratios[pairs * 3 / 4]));
  }

  /** Processor time of an operation in one turn. */
  private double nanos(
      AsyncMap<String, byte[]> map, String operation, ExecutorService pool, int threads)
      throws InterruptedException, ExecutionException {
    List<Future<Long>> turns = new ArrayList<>();
    for (int thread = 0; thread < threads; thread++) {
      int seed = thread;
      turns.add(pool.submit(() -> use(map, operation.equals("put"), seed)));
    }
    double nanos = 0;
    for (Future<Long> turn : turns) {
      nanos += turn.get();
    }
    return nanos / threads / options.number("operations");
  }

  private long use(AsyncMap<String, byte[]> map, boolean isPut, int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] value = new byte[VALUE_BYTES];
    int operations = options.number("operations");
    long startNanos = THREADS.getCurrentThreadCpuTime();
    for (int i = 0; i < operations; i++) {
      String key = keys[random.nextInt(keys.length)];
      if (isPut) {
        map.put(key, value).toCompletableFuture().join();
      } else {
        map.get(key).toCompletableFuture().join();
      }
    }
    return THREADS.getCurrentThreadCpuTime() - startNanos;
  }
}
