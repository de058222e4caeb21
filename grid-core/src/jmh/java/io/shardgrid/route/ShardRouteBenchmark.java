package io.shardgrid.route;

import static io.shardgrid.route.RouteFixtures.A;
import static io.shardgrid.route.RouteFixtures.entry;

import io.shardgrid.failure.GridException;
import io.shardgrid.wire.Answer;
import io.shardgrid.wire.Request;
import java.time.Duration;
import java.util.SplittableRandom;
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
import org.openjdk.jmh.infra.Blackhole;

/**
 * The routing machine of a shard, as a router drives it: operations taken up, handed over and
 * answered; time an operation.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 1,
    jvmArgsAppend = {"-Xms1g", "-Xmx1g"})
public class ShardRouteBenchmark {

  private static final int KEYS = 1_024;
  private static final long CLIENT = 7;
  private static final long STEP_NANOS = 1_000;
  private static final RouterSettings SETTINGS =
      new RouterSettings(
          Duration.ofSeconds(5),
          1_024,
          65_536,
          64 << 20,
          24 << 20,
          Duration.ofMillis(2),
          Duration.ofMillis(100));

  /** Operations under way at once, answered in their order. */
  @Param({"1", "128"})
  int window;

  private final ShardRoute route = new ShardRoute(3, SETTINGS, new Capacity(1 << 20, 1L << 40));
  private final Request[] requests = new Request[KEYS];
  private final Outcome outcome = new Unheard();
  private long taken;
  private long answered;
  private long nowNanos;

  /** Nobody waits for these operations. */
  private static final class Unheard implements Outcome {
    @Override
    public void resolved(Answer answer) {}

    @Override
    public void failed(GridException failure) {}
  }

  @Setup
  public void draw(Blackhole blackhole) {
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < KEYS; i++) {
      byte[] key = new byte[16];
      random.nextBytes(key);
      requests[i] = new Request.Get(key);
    }
    route.placed(entry(3, 5, A), true);
    while (taken < window - 1) {
      submit(blackhole);
    }
  }

  private void submit(Blackhole blackhole) {
    Request request = requests[(int) taken & (KEYS - 1)];
    long bytes = RequestBytes.of(request);
    if (route.hasRoom(bytes)) {
      long deadlineNanos = nowNanos + SETTINGS.timeout().toNanos();
      route.add(new Pending("m", request, outcome, bytes, nowNanos, deadlineNanos));
      taken++;
    }
    blackhole.consume(route.next(nowNanos, CLIENT));
  }

  @Benchmark
  public @Nullable Object cycle(Blackhole blackhole) {
    nowNanos += STEP_NANOS;
    submit(blackhole);
    answered++;
    return route.answered(answered, Answer.Done.INSTANCE, nowNanos);
  }
}
