package io.shardgrid.map;

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

/** The codecs that come with the grid, to bytes and back. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 1,
    jvmArgsAppend = {"-Xms1g", "-Xmx1g"})
public class CodecBenchmark {

  private static final int OBJECTS = 1_024;

  @Param({"STRING", "DECIMAL", "JSON", "CBOR"})
  String codec = Subject.STRING.name();

  private Codec<Object> measured;
  private final Object[] objects = new Object[OBJECTS];
  private final byte[][] stored = new byte[OBJECTS][];
  private int next;

  /** What is measured. */
  enum Subject {
    STRING,
    DECIMAL,
    JSON,
    CBOR;

    @SuppressWarnings("unchecked") // it is given only what object() makes
    Codec<Object> codec() {
      return (Codec<Object>)
          switch (this) {
            case STRING -> Codecs.string();
            case DECIMAL -> Codecs.decimal();
            case JSON -> Codecs.json(SampleTowns.Town.class);
            case CBOR -> Codecs.cbor(SampleTowns.Town.class);
          };
    }

    Object object(SampleTowns.Town town, SplittableRandom random) {
      return switch (this) {
        case STRING -> Long.toHexString(random.nextLong() | Long.MIN_VALUE);
        case DECIMAL -> random.nextLong() >> random.nextInt(60);
        case JSON, CBOR -> town;
      };
    }
  }

  @Setup
  public void draw() {
    SplittableRandom random = new SplittableRandom(7);
    Subject subject = Subject.valueOf(codec);
    measured = subject.codec();
    SampleTowns.Town[] towns = SampleTowns.towns(OBJECTS);
    for (int i = 0; i < OBJECTS; i++) {
      objects[i] = subject.object(towns[i], random);
      stored[i] = measured.encode(objects[i]);
    }
  }

  @Benchmark
  public byte[] encode() {
    return measured.encode(objects[next++ & (OBJECTS - 1)]);
  }

  @Benchmark
  public Object decode() {
    return measured.decode(stored[next++ & (OBJECTS - 1)]);
  }
}
