package io.shardgrid.rule;

import com.typesafe.config.ConfigFactory;
import io.shardgrid.failure.GridException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An engine for tests that waits for what it is asked, and the modules of the tests. */
final class Rules implements AutoCloseable {

  static final byte[] KEY = "account:1".getBytes(StandardCharsets.UTF_8);
  static final long NOW_MILLIS = 1_000_000;

  private final RuleEngine engine;

  private Rules(RuleSettings settings) {
    engine = RuleEngine.start(settings);
  }

  /** An engine with calls that have all the time they need, or with other settings. */
  static Rules with(RuleEngineKind kind, String... lines) {
    String patient = "time-limit = 1 minute, engine = " + kind.key();
    return new Rules(
        settings(Stream.concat(Stream.of(patient), Stream.of(lines)).toArray(String[]::new)));
  }

  /** Settings of the reference, but for these below {@code grid.rule}. */
  static RuleSettings settings(String... lines) {
    var own = ConfigFactory.parseString("grid.rule {\n" + String.join("\n", lines) + "\n}");
    return RuleSettings.from(
        own.withFallback(ConfigFactory.parseResources("reference.conf"))
            .resolve()
            .getConfig("grid"));
  }

  /** A module of the tests, made from the text of the same name. */
  static byte[] module(String name) {
    try (InputStream in = Rules.class.getResourceAsStream("/rules/" + name + ".wasm")) {
      if (in == null) {
        throw new IllegalArgumentException("No module of the tests: " + name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  RuleEngine engine() {
    return engine;
  }

  Rule load(String module) {
    return load(module, module(module));
  }

  Rule load(String name, byte[] module) {
    return await(engine.load(name, module).toCompletableFuture());
  }

  /** Calls with an entry that does not exist. */
  RuleResult run(Rule rule, String function, Object... arguments) {
    return run(rule, call(function, null, 0, arguments));
  }

  RuleResult run(Rule rule, RuleCall call) {
    return await(begin(rule, call));
  }

  /** The number that a call with an entry that does not exist answers. */
  long number(Rule rule, String function, Object... arguments) {
    return numberOf(run(rule, function, arguments));
  }

  static long numberOf(RuleResult result) {
    return ((RuleValue.Whole) result.value()).value();
  }

  CompletableFuture<RuleResult> begin(Rule rule, RuleCall call) {
    return begin(rule, call, System.nanoTime() + TimeUnit.MINUTES.toNanos(5));
  }

  CompletableFuture<RuleResult> begin(Rule rule, RuleCall call, long deadlineNanos) {
    var ended = new CompletableFuture<RuleResult>();
    engine.run(
        rule,
        call,
        deadlineNanos,
        new RuleCallback() {
          @Override
          public void completed(RuleResult result) {
            ended.complete(result);
          }

          @Override
          public void failed(GridException failure) {
            ended.completeExceptionally(failure);
          }
        });
    return ended;
  }

  static RuleCall call(
      String function, @Nullable String value, long deadlineMillis, Object... arguments) {
    List<RuleValue> given =
        Stream.of(arguments)
            .map(
                it ->
                    it instanceof Number number
                        ? RuleValue.of(number.longValue())
                        : RuleValue.of(String.valueOf(it)))
            .toList();
    return value == null
        ? RuleCall.ofAbsent(function, given, KEY, NOW_MILLIS)
        : new RuleCall(
            function,
            given,
            KEY,
            value.getBytes(StandardCharsets.UTF_8),
            12,
            deadlineMillis,
            NOW_MILLIS);
  }

  static <T> T await(CompletableFuture<T> awaited) {
    try {
      return awaited.orTimeout(60, TimeUnit.SECONDS).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof GridException failure) {
        throw failure;
      }
      throw e;
    }
  }

  @Override
  public void close() {
    engine.close();
  }
}
