package io.shardgrid.bucket;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
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

/**
 * Reads and writes of a map by one thread, keys in random order, values copied in and out of every
 * contender alike.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 2,
    jvmArgsAppend = {"-Xms2g", "-Xmx2g"})
public class BucketMapBenchmark {

  /** In {@link #mixed} one operation in so many is a put. */
  private static final int PUT_EVERY = 10;

  @Param({"BUCKET_MAP", "HASH_MAP", "CONCURRENT_HASH_MAP"})
  String contender = Contender.HASH_MAP.name();

  @Param("1000000")
  int entries;

  @Param("16")
  int keyBytes;

  @Param("100")
  int valueBytes;

  private Subject subject;
  private int[] order;
  private byte[] key;
  private byte[] value;
  private int next;
  private long generation;

  @Setup
  public void fill() {
    subject = Subjects.of(Contender.valueOf(contender));
    Subjects.fill(subject, entries, keyBytes, valueBytes);
    order = SampleKeys.shuffledNumbers(entries);
    key = new byte[keyBytes];
    value = SampleKeys.value(valueBytes);
    next = 0;
    generation = 0;
  }

  /** What choosing a key and writing its bytes costs: it is in all the others. */
  @Benchmark
  public byte[] keyAlone() {
    return nextKey();
  }

  @Benchmark
  public byte @Nullable [] get() {
    return subject.get(nextKey());
  }

  @Benchmark
  public void putOverwriting() {
    subject.put(nextKey(), value);
  }

  /** Removes an entry and inserts one of a new key: the number of entries stays. */
  @Benchmark
  public boolean removeAndInsert() {
    long number = nextNumber() + generation * entries;
    SampleKeys.write(number, key);
    boolean removed = subject.remove(key);
    SampleKeys.write(number + entries, key);
    subject.put(key, value);
    return removed;
  }

  /** Nine gets to one overwriting put. */
  @Benchmark
  public byte @Nullable [] mixed() {
    if (next % PUT_EVERY == 0) {
      subject.put(nextKey(), value);
      return null;
    }
    return subject.get(nextKey());
  }

  private byte[] nextKey() {
    SampleKeys.write(nextNumber(), key);
    return key;
  }

  private int nextNumber() {
    if (next == entries) {
      next = 0;
      generation++;
    }
    int number = order[next];
    next++;
    return number;
  }
}
