package io.shardgrid.baseline;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.ThreadParams;

/**
 * One map, full, under one mix of reads and writes; {@link LockMatrix} runs all of them.
 *
 * <p>Every write brings bytes of its own, as a map that stores references must be given some that
 * nobody else has. Keys are only overwritten, never added, so sizes stay what they are.
 */
@State(Scope.Benchmark)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 1, time = 1)
@Measurement(iterations = 5, time = 1)
public class ComparedMapBenchmark {

  private static final int FILL_BATCH = 4096;

  @Param Contender map = Contender.CONCURRENT;

  @Param({"0", "50", "90", "99"})
  int readPercent;

  @Param KeyDistribution distribution = KeyDistribution.UNIFORM;

  @Param("1000000")
  int keyCount;

  @Param("100")
  int valueBytes;

  private Workload workload;
  private ComparedMap entries;

  /** Where a thread is in the workload. */
  @State(Scope.Thread)
  public static class Walk {

    private int position;

    @Setup(Level.Trial)
    public void start(ComparedMapBenchmark benchmark, ThreadParams thread) {
      position = benchmark.workload.start(thread.getThreadIndex(), thread.getThreadCount());
    }
  }

  @Setup(Level.Trial)
  public void fill() {
    workload = new Workload(keyCount, readPercent, distribution);
    entries = map.start();
    Map<String, byte[]> batch = new HashMap<>();
    for (String key : workload.keys()) {
      batch.put(key, new byte[valueBytes]);
      if (batch.size() == FILL_BATCH) {
        entries.putAll(batch);
        batch.clear();
      }
    }
    entries.putAll(batch);
    // Reading all of it once makes sure it is there, and has a read view promoted.
    for (String key : workload.keys()) {
      byte[] value = entries.get(key);
      if (value == null || value.length != valueBytes) {
        throw new IllegalStateException("A key was not stored: key=" + key);
      }
    }
  }

  @TearDown(Level.Trial)
  public void close() {
    entries.close();
  }

  @Benchmark
  public @Nullable Object operation(Walk walk) {
    int position = walk.position;
    walk.position = workload.next(position);
    String key = workload.key(position);
    if (workload.isRead(position)) {
      return entries.get(key);
    }
    byte[] value = new byte[valueBytes];
    value[0] = (byte) position;
    entries.put(key, value);
    return value;
  }
}
