package io.shardgrid.wire.resp;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Sixteen pipelined commands of a RESP client, as `redis-benchmark -P 16` sends them, and their
 * replies: time a command. One SET to three GETs, keys of 16 bytes.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 1,
    jvmArgsAppend = {"-Xms1g", "-Xmx1g"})
public class PipelineBenchmark {

  private static final int COMMANDS = 16;
  private static final int BATCHES = 16;
  private static final RespLimits LIMITS = new RespLimits(1 << 20, 8 << 20, 1 << 16, 16 << 20);

  @Param("100")
  int valueBytes;

  private final RespRequestDecoder decoder = new RespRequestDecoder(LIMITS);
  private final ByteBuf[] batches = new ByteBuf[BATCHES];
  private final byte[][] values = new byte[COMMANDS * BATCHES][];
  private ByteBuf replies;
  private int next;

  @Setup
  public void draw() {
    SplittableRandom random = new SplittableRandom(7);
    for (int batch = 0; batch < BATCHES; batch++) {
      batches[batch] = PooledByteBufAllocator.DEFAULT.directBuffer(1 << 14);
      for (int command = 0; command < COMMANDS; command++) {
        byte[] key = Long.toHexString(random.nextLong() | Long.MIN_VALUE).getBytes(US_ASCII);
        byte[] value = new byte[valueBytes];
        random.nextBytes(value);
        values[COMMANDS * batch + command] = value;
        if (command % 4 == 0) {
          RespWriter.command(batches[batch], "SET".getBytes(US_ASCII), key, value);
        } else {
          RespWriter.command(batches[batch], "GET".getBytes(US_ASCII), key);
        }
      }
    }
    replies = PooledByteBufAllocator.DEFAULT.directBuffer(1 << 14);
  }

  @TearDown
  public void release() {
    replies.release();
    for (ByteBuf batch : batches) {
      batch.release();
    }
  }

  @Benchmark
  @OperationsPerInvocation(COMMANDS)
  public void parse(Blackhole blackhole) {
    ByteBuf batch = batches[next++ & (BATCHES - 1)];
    batch.readerIndex(0);
    byte[][] command = decoder.decode(batch);
    while (command != null) {
      blackhole.consume(command);
      command = decoder.decode(batch);
    }
  }

  @Benchmark
  @OperationsPerInvocation(COMMANDS)
  public ByteBuf write() {
    int first = COMMANDS * (next++ & (BATCHES - 1));
    replies.clear();
    for (int command = 0; command < COMMANDS; command++) {
      if (command % 4 == 0) {
        RespWriter.ok(replies);
      } else {
        RespWriter.bulk(replies, values[first + command]);
      }
    }
    return replies;
  }
}
