package io.shardgrid.rule;

import com.sun.management.ThreadMXBean;
import com.typesafe.config.ConfigFactory;
import io.shardgrid.failure.GridException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Semaphore;

/**
 * What a call of the example rules costs, in processor time and bytes, which others on the machine
 * disturb less than time on the clock: the best of some rounds. Arguments: how many rounds.
 */
public final class RuleCost {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int WINDOW = 64;
  private static final long PATIENCE_NANOS = 60_000_000_000L;
  private static final Path EXAMPLES =
      Files.isDirectory(Path.of("grid-node")) ? Path.of("grid-node") : Path.of("..", "grid-node");

  private RuleCost() {}

  /** One thing to measure. */
  @FunctionalInterface
  private interface Body {
    void run(int calls) throws InterruptedException;
  }

  /** Prints a row for each engine, language and rule. */
  public static void main(String[] arguments) throws Exception {
    int rounds = arguments.length == 0 ? 12 : Integer.parseInt(arguments[0]);
    System.out.println("| engine | example | rule | ns | calls/s | B | ns, by threads | calls/s |");
    for (RuleEngineKind kind : List.of(RuleEngineKind.COMPILER, RuleEngineKind.INTERPRETER)) {
      for (String language : List.of("c", "rust")) {
        measure(kind, language, rounds);
      }
    }
  }

  private static void measure(RuleEngineKind kind, String language, int rounds)
      throws IOException, InterruptedException {
    int calls = kind == RuleEngineKind.COMPILER ? 300_000 : 10_000;
    try (RuleEngine engine = RuleEngine.start(settings(kind))) {
      Path file = EXAMPLES.resolve("src/examples/rules/" + language + "/fraud.wasm");
      Rule rule = engine.load("fraud", Files.readAllBytes(file)).toCompletableFuture().join();
      for (RuleCall call :
          List.of(call("validate_transaction", 1000, 3), call("spend", 30, 1_000_000_000))) {
        row(engine, rule, call, calls, rounds);
      }
      RuleInstance[] last = new RuleInstance[1];
      long[] fresh =
          best(
              rounds,
              calls / 100,
              n -> {
                for (int i = 0; i < n; i++) {
                  last[0] = rule.compiled().newInstance();
                }
              });
      System.out.printf(
          "| %s | %s | a fresh instance | %,d | | %,d | | |%n",
          kind.key(), language, fresh[0], fresh[1]);
    }
  }

  private static void row(RuleEngine engine, Rule rule, RuleCall call, int calls, int rounds)
      throws InterruptedException {
    RuleInstance instance = rule.compiled().newInstance();
    long[] alone =
        best(
            rounds,
            calls,
            n -> {
              for (int i = 0; i < n; i++) {
                RuleFunction function = rule.module().function(call.function());
                instance.call(function, function.parametersOf(call.arguments()), call);
                instance.reset();
              }
            });
    long[] handedOver = best(rounds, calls, n -> handOver(engine, rule, call, n));
    System.out.printf(
        "| %s | %s | `%s` | %,d | %,d | %,d | %,d | %,d |%n",
        rule.engine().key(),
        rule.module().bytes() > 2000 ? "rust" : "c",
        call.function(),
        alone[0],
        1_000_000_000 / Math.max(1, alone[0]),
        alone[1],
        handedOver[0],
        1_000_000_000 / Math.max(1, handedOver[0]));
  }

  private static void handOver(RuleEngine engine, Rule rule, RuleCall call, int calls)
      throws InterruptedException {
    var window = new Semaphore(WINDOW);
    var callback =
        new RuleCallback() {
          @Override
          public void completed(RuleResult result) {
            window.release();
          }

          @Override
          public void failed(GridException failure) {
            throw failure;
          }
        };
    for (int i = 0; i < calls; i++) {
      window.acquire();
      engine.run(rule, call, System.nanoTime() + PATIENCE_NANOS, callback);
    }
    window.acquire(WINDOW);
  }

  /** Nanoseconds of all threads, and bytes of this one, for a call: the least of the rounds. */
  private static long[] best(int rounds, int calls, Body body) throws InterruptedException {
    long nanos = Long.MAX_VALUE;
    long bytes = Long.MAX_VALUE;
    for (int round = 0; round < rounds; round++) {
      long nanosBefore = processorNanos();
      long bytesBefore = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
      body.run(calls);
      long bytesAfter = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
      nanos = Math.min(nanos, (processorNanos() - nanosBefore) / calls);
      bytes = Math.min(bytes, (bytesAfter - bytesBefore) / calls);
    }
    return new long[] {nanos, bytes};
  }

  /** Of the threads of Java: neither the compiler's nor the collector's. */
  private static long processorNanos() {
    long sum = 0;
    for (long id : THREADS.getAllThreadIds()) {
      sum += Math.max(0, THREADS.getThreadCpuTime(id));
    }
    return sum;
  }

  private static RuleCall call(String function, long first, long second) {
    byte[] key = "account:1".getBytes(StandardCharsets.UTF_8);
    byte[] value = "1234".getBytes(StandardCharsets.UTF_8);
    List<RuleValue> arguments = List.of(RuleValue.of(first), RuleValue.of(second));
    return new RuleCall(function, arguments, key, value, 7, 0, 1_000);
  }

  private static RuleSettings settings(RuleEngineKind kind) {
    var own = ConfigFactory.parseString("grid.rule { threads = 1, engine = " + kind.key() + " }");
    return RuleSettings.from(
        own.withFallback(ConfigFactory.parseResources("reference.conf"))
            .resolve()
            .getConfig("grid"));
  }
}
