package io.shardgrid.node.telemetry;

import com.sun.management.ThreadMXBean;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.shardgrid.Grid;
import io.shardgrid.GridSettings;
import io.shardgrid.map.AsyncMap;
import io.shardgrid.map.Codecs;
import io.shardgrid.traces.GridTraces;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * What it costs to follow operations: a grid of one process is used by one thread, by turns without
 * anybody who takes spans, with nothing chosen, and with one in a hundred chosen and thrown away
 * behind the batches of OpenTelemetry's SDK. For each the median of the rounds: nanoseconds of the
 * calling thread's processor and bytes that it allocates, for one operation, and the median of the
 * ratios to the first case of the same round.
 */
public final class TraceCost {

  private static final ThreadMXBean THREAD = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int ENTRIES = 100_000;
  private static final int VALUE_BYTES = 100;
  private static final int OPERATIONS = 20_000;
  private static final int WARM = 60;
  private static final int ROUNDS = 200;

  private final AsyncMap<String, byte[]> map;
  private final String[] keys = new String[ENTRIES];

  private TraceCost(Grid grid) {
    this.map = grid.map("m", Codecs.string(), Codecs.bytes());
    Arrays.setAll(keys, number -> "key-" + number);
    for (String key : keys) {
      map.put(key, new byte[VALUE_BYTES]).toCompletableFuture().join();
    }
  }

  /** Measures, and prints the rows of a table. */
  public static void main(String[] arguments) {
    SdkTracerProvider provider =
        SdkTracerProvider.builder()
            .setSampler(Sampler.alwaysOn())
            .addSpanProcessor(BatchSpanProcessor.builder(SpanExporter.composite()).build())
            .build();
    OpenTelemetrySdk sdk = OpenTelemetrySdk.builder().setTracerProvider(provider).build();
    GridSettings settings =
        GridSettings.reference()
            .with("trace.sample-ratio", 0.01)
            .with("trace.per-second-max", 100_000);
    GridSettings noneChosen = settings.with("trace.sample-ratio", 0);
    try (Grid off = Grid.start(settings);
        Grid none = Grid.start(noneChosen);
        Grid some = Grid.start(settings)) {
      new GridTraces(sdk).bindTo(none.traces());
      new GridTraces(sdk).bindTo(some.traces());
      Map<String, TraceCost> cases = new LinkedHashMap<>();
      cases.put("off", new TraceCost(off));
      cases.put("on, none chosen", new TraceCost(none));
      cases.put("on, 1 % chosen", new TraceCost(some));
      for (boolean isPut : new boolean[] {false, true}) {
        print(isPut ? "put" : "get", cases, isPut);
      }
      System.out.printf(
          Locale.ROOT,
          "load average at the end: %.1f%n",
          ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }
    sdk.close();
    System.exit(0);
  }

  private static void print(String operation, Map<String, TraceCost> cases, boolean isPut) {
    int count = cases.size();
    TraceCost[] all = cases.values().toArray(TraceCost[]::new);
    double[][] nanos = new double[count][ROUNDS];
    double[][] bytes = new double[count][ROUNDS];
    double[][] ratios = new double[count][ROUNDS];
    for (int round = -WARM; round < ROUNDS; round++) {
      double[][] turn = new double[count][];
      for (int i = 0; i < count; i++) {
        int next = Math.floorMod(i + round, count);
        turn[next] = all[next].use(isPut, round);
      }
      for (int i = 0; i < count && round >= 0; i++) {
        nanos[i][round] = turn[i][0];
        bytes[i][round] = turn[i][1];
        ratios[i][round] = turn[i][0] / turn[0][0];
      }
    }
    int row = 0;
    for (String name : cases.keySet()) {
      System.out.printf(
          Locale.ROOT,
          "| %s | %s | %.0f ns | %.1f B | %.3f | %.3f to %.3f |%n",
          operation,
          name,
          part(nanos[row], 2),
          part(bytes[row], 2),
          part(ratios[row], 2),
          part(ratios[row], 4),
          ratios[row][ROUNDS * 3 / 4]);
      row++;
    }
  }

  /** Sorts the numbers; the median for 2, the lower quartile for 4. */
  private static double part(double[] numbers, int parts) {
    Arrays.sort(numbers);
    return numbers[numbers.length / parts];
  }

  /** Processor time and allocated bytes of an operation in one turn. */
  private double[] use(boolean isPut, int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] value = new byte[VALUE_BYTES];
    long bytes = THREAD.getCurrentThreadAllocatedBytes();
    long nanos = THREAD.getCurrentThreadCpuTime();
    for (int i = 0; i < OPERATIONS; i++) {
      String key = keys[random.nextInt(ENTRIES)];
      if (isPut) {
        map.put(key, value).toCompletableFuture().join();
      } else {
        map.get(key).toCompletableFuture().join();
      }
    }
    double took = THREAD.getCurrentThreadCpuTime() - nanos;
    double allocated = THREAD.getCurrentThreadAllocatedBytes() - bytes;
    return new double[] {took / OPERATIONS, allocated / OPERATIONS};
  }
}
