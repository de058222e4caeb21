package io.shardgrid.wire;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
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
 * Frames of operations, and of their answers, as links write and read them: time an item. One put
 * to three gets, keys of 16 bytes.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 1,
    jvmArgsAppend = {"-Xms1g", "-Xmx1g"})
public class FrameBenchmark {

  private static final int ITEMS = 64;
  private static final int FRAMES = 16;
  private static final int SHARDS = 256;
  private static final long NOW_NANOS = 1_000_000_000L;
  private static final long LEFT_NANOS = 5_000_000_000L;

  @Param("100")
  int valueBytes;

  private final WireWriter out = new WireWriter(1 << 16);
  private final WireReader in = new WireReader(new byte[0], new MapNames(64));
  private final Operation[][] operations = new Operation[FRAMES][ITEMS];
  private final Answer[][] answers = new Answer[FRAMES][ITEMS];
  private final byte[][] operationFrames = new byte[FRAMES][];
  private final byte[][] answerFrames = new byte[FRAMES][];
  private int next;

  @Setup
  public void draw() {
    SplittableRandom random = new SplittableRandom(7);
    for (int frame = 0; frame < FRAMES; frame++) {
      for (int item = 0; item < ITEMS; item++) {
        boolean isPut = item % 4 == 0;
        operations[frame][item] = operation(random, isPut);
        answers[frame][item] =
            isPut
                ? new Answer.Stored(true, random.nextLong(1L << 40), null)
                : new Answer.Entry(value(random), valueBytes, random.nextLong(1L << 40), 0, -1);
      }
      operationFrames[frame] = operations(frame).toBytes();
      answerFrames[frame] = answers(frame).toBytes();
    }
  }

  private Operation operation(SplittableRandom random, boolean isPut) {
    byte[] key =
        Long.toHexString(random.nextLong() | Long.MIN_VALUE).getBytes(StandardCharsets.UTF_8);
    Request request =
        isPut
            ? new Request.Put(key, value(random), Expiry.NEVER, Condition.ALWAYS, false)
            : new Request.Get(key);
    long seq = 1 + random.nextLong(1L << 24);
    return new Operation(
        "sessions",
        random.nextInt(SHARDS),
        random.nextLong(),
        seq,
        Math.max(1, seq - random.nextInt(100)),
        1 + random.nextLong(1_000),
        random.nextLong(3),
        NOW_NANOS + LEFT_NANOS - random.nextLong(1_000_000),
        request);
  }

  private byte[] value(SplittableRandom random) {
    byte[] value = new byte[valueBytes];
    random.nextBytes(value);
    return value;
  }

  private int nextFrame() {
    return next++ & (FRAMES - 1);
  }

  private WireWriter operations(int frame) {
    out.truncate(0);
    for (Operation operation : operations[frame]) {
      OperationCodec.write(out, operation, NOW_NANOS);
    }
    return out;
  }

  private WireWriter answers(int frame) {
    out.truncate(0);
    for (int item = 0; item < ITEMS; item++) {
      Operation operation = operations[frame][item];
      AnswerCodec.write(
          out, operation.shard(), operation.client(), operation.seq(), answers[frame][item]);
    }
    return out;
  }

  @Benchmark
  @OperationsPerInvocation(ITEMS)
  public byte[] writeOperations() {
    return operations(nextFrame()).array();
  }

  @Benchmark
  @OperationsPerInvocation(ITEMS)
  public void readOperations(Blackhole blackhole) {
    byte[] frame = operationFrames[nextFrame()];
    in.reset(frame, frame.length);
    while (in.isReadable()) {
      blackhole.consume(OperationCodec.read(in, NOW_NANOS));
    }
  }

  @Benchmark
  @OperationsPerInvocation(ITEMS)
  public byte[] writeAnswers() {
    return answers(nextFrame()).array();
  }

  @Benchmark
  @OperationsPerInvocation(ITEMS)
  public void readAnswers(Blackhole blackhole) {
    byte[] frame = answerFrames[nextFrame()];
    in.reset(frame, frame.length);
    while (in.isReadable()) {
      AnswerCodec.read(
          in,
          (shard, client, seq, answer) -> {
            blackhole.consume(seq + client + shard);
            blackhole.consume(answer);
          });
    }
  }
}
