package io.shardgrid.rule;

import com.typesafe.config.ConfigFactory;
import io.shardgrid.failure.GridException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Semaphore;
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

/** Calls of the example rules, by themselves and through the threads of the engine. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class RuleBenchmark {

  private static final int CALLS = 1_000;
  private static final int WINDOW = 64;
  private static final long PATIENCE_NANOS = 60_000_000_000L;

  /** What carries the rules out. */
  @Param({"compiler", "interpreter"})
  String engine = "";

  /** Which language's example. */
  @Param({"c", "rust"})
  String language = "";

  private RuleEngine rules;
  private Rule rule;
  private RuleInstance instance;
  private RuleCall score;
  private RuleCall spend;

  /** Loads the example. */
  @Setup
  public void load() throws IOException {
    var own = ConfigFactory.parseString("grid.rule { threads = 1, engine = " + engine + " }");
    RuleSettings settings =
        RuleSettings.from(
            own.withFallback(ConfigFactory.parseResources("reference.conf"))
                .resolve()
                .getConfig("grid"));
    Path example = Path.of("..", "grid-node", "src", "examples", "rules", language, "fraud.wasm");
    if (!Files.exists(example)) {
      example = Path.of("grid-node", "src", "examples", "rules", language, "fraud.wasm");
    }
    rules = RuleEngine.start(settings);
    rule = rules.load("fraud", Files.readAllBytes(example)).toCompletableFuture().join();
    instance = rule.compiled().newInstance();
    byte[] key = "account:1".getBytes(StandardCharsets.UTF_8);
    score = call("validate_transaction", key, 1000, 3);
    spend = call("spend", key, 30, 1_000_000_000);
  }

  private static RuleCall call(String function, byte[] key, long first, long second) {
    byte[] value = "1234".getBytes(StandardCharsets.UTF_8);
    List<RuleValue> arguments = List.of(RuleValue.of(first), RuleValue.of(second));
    return new RuleCall(function, arguments, key, value, 7, 0, 1_000);
  }

  /** Ends the threads. */
  @TearDown
  public void close() {
    rules.close();
  }

  private RuleResult called(RuleCall call) {
    RuleFunction function = rule.module().function(call.function());
    long[] parameters = function.parametersOf(call.arguments());
    RuleResult result = instance.call(function, parameters, call);
    instance.reset();
    return result;
  }

  /** Two numbers in, one out; no memory. */
  @Benchmark
  public RuleResult score() {
    return called(score);
  }

  /** Reads the entry, replaces it, and uses the stack in memory. */
  @Benchmark
  public RuleResult spend() {
    return called(spend);
  }

  /** Handed over to the engine's thread, 64 at a time. */
  @Benchmark
  @OperationsPerInvocation(CALLS)
  public void scoreThroughThreads() throws InterruptedException {
    throughThreads(score);
  }

  /** The same, of the other rule. */
  @Benchmark
  @OperationsPerInvocation(CALLS)
  public void spendThroughThreads() throws InterruptedException {
    throughThreads(spend);
  }

  private void throughThreads(RuleCall call) throws InterruptedException {
    var window = new Semaphore(WINDOW);
    var callback = new Releasing(window);
    for (int i = 0; i < CALLS; i++) {
      window.acquire();
      rules.run(rule, call, System.nanoTime() + PATIENCE_NANOS, callback);
    }
    window.acquire(WINDOW);
  }

  private record Releasing(Semaphore window) implements RuleCallback {

    @Override
    public void completed(RuleResult result) {
      window.release();
    }

    @Override
    public void failed(GridException failure) {
      throw failure;
    }
  }
}
