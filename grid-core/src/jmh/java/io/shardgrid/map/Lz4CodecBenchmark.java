package io.shardgrid.map;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import net.jpountz.lz4.LZ4Factory;
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
 * Values of JSON that LZ4 makes less than half as long, to bytes and back, by each of its forms.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 1,
    jvmArgsAppend = {"-Xms1g", "-Xmx1g"})
public class Lz4CodecBenchmark {

  private static final int VALUES = 64;

  @Param({"SAFE", "FASTEST_JAVA", "NATIVE"})
  String library = Library.SAFE.name();

  @Param({"1024", "16384"})
  int valueBytes;

  private Codec<byte[]> codec;
  private final byte[][] values = new byte[VALUES][];
  private final byte[][] stored = new byte[VALUES][];
  private int next;

  /** The forms of the library. */
  enum Library {
    SAFE,
    FASTEST_JAVA,
    NATIVE;

    LZ4Factory factory() {
      return switch (this) {
        case SAFE -> LZ4Factory.safeInstance();
        case FASTEST_JAVA -> LZ4Factory.fastestJavaInstance();
        case NATIVE -> LZ4Factory.nativeInstance();
      };
    }
  }

  @Setup
  public void draw() {
    codec = new Lz4Codec<>(Codecs.bytes(), 0, Library.valueOf(library).factory());
    SampleTowns.Town[] towns = SampleTowns.towns(1 << 12);
    SplittableRandom random = new SplittableRandom(7);
    Codec<SampleTowns.Town> json = Codecs.json(SampleTowns.Town.class);
    long bytes = 0;
    for (int i = 0; i < VALUES; i++) {
      StringBuilder text = new StringBuilder("[");
      while (text.length() < valueBytes) {
        text.append(new String(json.encode(towns[random.nextInt(towns.length)]), UTF_8))
            .append(',');
      }
      values[i] = Arrays.copyOf(text.toString().getBytes(UTF_8), valueBytes);
      stored[i] = codec.encode(values[i]);
      bytes += stored[i].length;
    }
    System.out.printf(Locale.ROOT, "stored: %d of %d bytes%n", bytes / VALUES, valueBytes);
  }

  @Benchmark
  public byte[] encode() {
    return codec.encode(values[next++ & (VALUES - 1)]);
  }

  @Benchmark
  public byte[] decode() {
    return codec.decode(stored[next++ & (VALUES - 1)]);
  }
}
