package io.shardgrid.link;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What waits for a connection, by one thread: some items offered, and a frame taken; an item. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 1,
    jvmArgsAppend = {"-Xms1g", "-Xmx1g"})
public class OutboxBenchmark {

  private static final int ITEMS = 64;
  private static final int DIFFERENT = 1_024;

  private final Outbox<String> outbox = new Outbox<>(64 << 20, 128 << 10);
  private final Batch<String> batch = new Batch<>();
  private final String[] items = new String[DIFFERENT];
  private final int[] sizes = new int[DIFFERENT];
  private int next;

  @Setup
  public void draw() {
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < DIFFERENT; i++) {
      items[i] = "item-" + i;
      sizes[i] = 50 + random.nextInt(200);
    }
  }

  @Benchmark
  @OperationsPerInvocation(ITEMS)
  public Batch<String> offerAndTake() {
    for (int i = 0; i < ITEMS; i++) {
      int item = next++ & (DIFFERENT - 1);
      outbox.offer((item & 1) == 0 ? Lane.OPERATIONS : Lane.ANSWERS, items[item], sizes[item]);
    }
    int left = ITEMS;
    while (left > 0 && outbox.takeBatch(batch) != null) {
      left -= batch.items().size();
    }
    return batch;
  }
}
