package io.shardgrid.key;

import java.util.SplittableRandom;
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

/** The slot of a key without a hash tag: the search for a brace, and CRC16. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 1,
    jvmArgsAppend = {"-Xms1g", "-Xmx1g"})
public class SlotBenchmark {

  private static final int KEYS = 1_024;

  @Param({"16", "64"})
  int keyBytes;

  private byte[][] keys;
  private int next;

  @Setup
  public void draw() {
    SplittableRandom random = new SplittableRandom(keyBytes);
    keys = new byte[KEYS][keyBytes];
    for (byte[] key : keys) {
      for (int at = 0; at < key.length; at++) {
        key[at] = (byte) ('a' + random.nextInt(26));
      }
    }
  }

  @Benchmark
  public int slot() {
    return Slot.of(keys[next++ & (KEYS - 1)]);
  }
}
