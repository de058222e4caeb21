package io.shardgrid.bucket;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A get from a map that stands in the middle of a growth, beside one that has ended it. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 2,
    jvmArgsAppend = {"-Xms2g", "-Xmx2g"})
public class GrowthGetBenchmark {

  private static final int OLD_BUCKETS = 1 << 17;

  // A growth begins at 6.5 entries a bucket, and each write moves one of the old buckets.
  private static final int ENTRIES = OLD_BUCKETS * 13 / 2 + OLD_BUCKETS / 2;

  /** How far the growth is. */
  public enum Phase {
    /** Half of the old buckets have been moved. */
    GROWING,
    /** All of them have been, by writes that overwrite. */
    GROWN
  }

  @Param Phase phase = Phase.GROWING;

  private BucketMap map;
  private int[] order;
  private final byte[] key = new byte[16];
  private int next;

  @Setup
  public void fill() {
    map = Subjects.bucketMap();
    order = SampleKeys.shuffledNumbers(ENTRIES);
    next = 0;
    putAll(ENTRIES);
    if (phase == Phase.GROWN) {
      putAll(OLD_BUCKETS);
    }
  }

  private void putAll(int count) {
    byte[] value = SampleKeys.value(100);
    for (int number = 0; number < count; number++) {
      SampleKeys.write(number, key);
      map.put(key, value, number, BucketMap.NO_DEADLINE);
    }
  }

  @Benchmark
  public byte[] get() {
    if (next == ENTRIES) {
      next = 0;
    }
    SampleKeys.write(order[next], key);
    next++;
    return map.value(map.find(key));
  }
}
