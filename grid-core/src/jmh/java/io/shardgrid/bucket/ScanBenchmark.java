package io.shardgrid.bucket;

import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * A scan of a whole map, a batch of entries at a time, keys and values copied out: time an entry.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 2,
    jvmArgsAppend = {"-Xms2g", "-Xmx2g"})
public class ScanBenchmark {

  /** Entries a call; BucketMap goes beyond it to the end of a chain, a third of a percent. */
  private static final int BATCH = 1_000;

  private static final int KEY_BYTES = 16;
  private static final int VALUE_BYTES = 100;

  /** A bucket map and how far its scan has come. */
  @State(Scope.Thread)
  public static class Buckets {
    @Param("1000000")
    int entries;

    private BucketMap map;
    private long cursor;

    @Setup
    public void fill() {
      map = Subjects.bucketMap();
      byte[] value = SampleKeys.value(VALUE_BYTES);
      for (int number = 0; number < entries; number++) {
        map.put(SampleKeys.key(number, KEY_BYTES), value, number, BucketMap.NO_DEADLINE);
      }
    }
  }

  /** One of the JDK's maps and how far its iteration has come. */
  @State(Scope.Thread)
  public static class Objects {
    @Param({"HASH_MAP", "CONCURRENT_HASH_MAP"})
    String contender = Contender.HASH_MAP.name();

    @Param("1000000")
    int entries;

    private Map<ByteKey, byte[]> map;
    private Iterator<Map.Entry<ByteKey, byte[]>> iterator;

    @Setup
    public void fill() {
      map =
          Contender.valueOf(contender) == Contender.HASH_MAP
              ? new HashMap<>()
              : new ConcurrentHashMap<>();
      byte[] value = SampleKeys.value(VALUE_BYTES);
      for (int number = 0; number < entries; number++) {
        map.put(new ByteKey(SampleKeys.key(number, KEY_BYTES)), value.clone());
      }
      iterator = map.entrySet().iterator();
    }
  }

  @Benchmark
  @OperationsPerInvocation(BATCH)
  public void bucketMap(Buckets buckets, Blackhole blackhole) {
    buckets.cursor =
        buckets.map.scan(
            buckets.cursor,
            BATCH,
            (map, entry) -> {
              blackhole.consume(map.key(entry));
              blackhole.consume(map.value(entry));
            });
  }

  @Benchmark
  @OperationsPerInvocation(BATCH)
  public void jdkMap(Objects objects, Blackhole blackhole) {
    for (int i = 0; i < BATCH; i++) {
      if (!objects.iterator.hasNext()) {
        objects.iterator = objects.map.entrySet().iterator();
      }
      Map.Entry<ByteKey, byte[]> entry = objects.iterator.next();
      blackhole.consume(entry.getKey().copy());
      blackhole.consume(entry.getValue().clone());
    }
  }
}
