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

/**
 * What the check for overlapping uses costs. A get is two uses, a find and a value, each with a
 * mark at its beginning and end; as many more marks around the same two show what those cost.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 3,
    jvmArgsAppend = {"-Xms1g", "-Xmx1g"})
public class UseMarkBenchmark {

  @Param({"1000", "1000000"})
  int entries;

  private final byte[] key = new byte[16];
  private final UseMark mark = new UseMark();
  private BucketMap map;
  private int[] order;
  private int next;

  @Setup
  public void fill() {
    map = Subjects.bucketMap();
    order = SampleKeys.shuffledNumbers(entries);
    next = 0;
    byte[] value = SampleKeys.value(100);
    for (int number = 0; number < entries; number++) {
      SampleKeys.write(number, key);
      map.put(key, value, number, BucketMap.NO_DEADLINE);
    }
  }

  @Benchmark
  public byte[] get() {
    return value(find(nextKey()));
  }

  /** A get whose find has a second mark. */
  @Benchmark
  public byte[] getWithOneMoreMark() {
    return value(findMarked(nextKey()));
  }

  /** A get with twice the marks: what it takes longer than {@link #get} is what marks cost. */
  @Benchmark
  public byte[] getWithTwiceTheMarks() {
    return valueMarked(findMarked(nextKey()));
  }

  private long find(byte[] wanted) {
    return map.find(wanted);
  }

  private byte[] value(long entry) {
    return map.value(entry);
  }

  private long findMarked(byte[] wanted) {
    int outer = mark.beginRead();
    try {
      return map.find(wanted);
    } finally {
      mark.endRead(outer);
    }
  }

  private byte[] valueMarked(long entry) {
    int outer = mark.beginRead();
    try {
      return map.value(entry);
    } finally {
      mark.endRead(outer);
    }
  }

  private byte[] nextKey() {
    if (next == entries) {
      next = 0;
    }
    SampleKeys.write(order[next], key);
    next++;
    return key;
  }
}
