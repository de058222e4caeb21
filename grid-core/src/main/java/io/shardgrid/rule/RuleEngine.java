package io.shardgrid.rule;

import io.shardgrid.failure.GridException;
import io.shardgrid.failure.GridUnavailableException;
import io.shardgrid.failure.InvalidRuleException;
import io.shardgrid.failure.RuleException;
import io.shardgrid.meter.RuleFigures;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads and runs the rules of a node. Thread-safe.
 *
 * <pre>{@code
 * RuleEngine engine = RuleEngine.start(RuleSettings.from(grid));
 * engine.load("fraud", wasm).thenAccept(rule -> rules.put(rule.name(), rule));
 * engine.run(rule, new RuleCall("validate_transaction", arguments, key, value, version,
 *     deadlineMillis, nowMillis), callback);   // the effect is the caller's to carry out
 * }</pre>
 *
 * <p>Neither {@link #load} nor {@link #run} waits, and what rules do holds up no thread but the
 * engine's own. Needs Chicory on the class path; without it modules are refused, and say so.
 */
public final class RuleEngine implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger("io.shardgrid.rule.log");
  private static final int LOADS_MAX = 64;

  private final RuleSettings settings;
  private final RuleThreads callers;
  private final RuleThreads loader;
  private final RuleCache cache;
  private final LogPace pace;
  private final LongAdder completed = new LongAdder();
  private final LongAdder trapped = new LongAdder();
  private final LongAdder exhausted = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final LongAdder notRun = new LongAdder();
  private final LongAdder late = new LongAdder();
  private final LongAdder quarantined = new LongAdder();
  private final LongAdder loaded = new LongAdder();
  private final LongAdder invalid = new LongAdder();
  private final LongAdder linesDropped = new LongAdder();

  private RuleEngine(RuleSettings settings) {
    this.settings = settings;
    this.cache = new RuleCache(settings.modulesMax());
    this.pace = new LogPace(settings.logLinesPerSecond());
    this.callers =
        new RuleThreads(
            "grid-rule",
            new RuleThreads.Bounds(
                settings.threads(),
                settings.queueMax(),
                settings.stackBytes(),
                settings.timeLimit(),
                settings.abandonAfter(),
                settings.abandonedMax(),
                settings.instancesMax()));
    this.loader =
        new RuleThreads(
            "grid-rule-load",
            new RuleThreads.Bounds(
                1,
                LOADS_MAX,
                settings.stackBytes(),
                settings.loadTimeout(),
                settings.abandonAfter(),
                settings.abandonedMax(),
                1));
  }

  /** An engine whose threads begin with the first module. */
  public static RuleEngine start(RuleSettings settings) {
    return new RuleEngine(settings);
  }

  /** Whether what carries WebAssembly out is on the class path. */
  public static boolean isAvailable() {
    try {
      Class.forName(
          "com.dylibso.chicory.compiler.MachineFactoryCompiler",
          false,
          RuleEngine.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  /**
   * Checks and compiles a module, once for each content, on a thread of its own.
   *
   * @param name that callers know it by, for messages
   * @param module its bytes, not copied
   * @return the rule; or {@link InvalidRuleException} that says what is wrong with the bytes,
   *     {@link GridUnavailableException} if rules are switched off, closing or without Chicory, or
   *     {@link io.shardgrid.failure.GridOverloadedException} if too many are being loaded
   */
  public CompletionStage<Rule> load(String name, byte[] module) {
    if (!settings.enabled()) {
      return CompletableFuture.failedFuture(
          new GridUnavailableException("Rules are switched off: grid.rule.enabled"));
    }
    if (!isAvailable()) {
      return CompletableFuture.failedFuture(
          new GridUnavailableException(
              "Rules need com.dylibso.chicory:runtime and com.dylibso.chicory:compiler on the class"
                  + " path"));
    }
    if (module.length > settings.moduleBytesMax()) {
      invalid.increment();
      return CompletableFuture.failedFuture(
          new InvalidRuleException(
              "A rule's module is longer than grid.rule.module-bytes-max: bytes="
                  + module.length
                  + ", max="
                  + settings.moduleBytesMax()));
    }
    callers.start();
    loader.start();
    return cache
        .of(RuleModule.hashOf(module), hash -> compile(module))
        .thenApply(compiled -> new Rule(name, compiled));
  }

  private CompletableFuture<CompiledRule> compile(byte[] module) {
    var task = new LoadTask(module, settings);
    loader.submit(task);
    return task.promised().thenCompose(this::begin).whenComplete((rule, failure) -> count(failure));
  }

  /** Makes a first instance, under the limits of a call: a start function may do anything. */
  private CompletableFuture<CompiledRule> begin(CompiledRule compiled) {
    var task = new StartTask(compiled);
    callers.submit(task);
    return task.promised();
  }

  private void count(@Nullable Throwable failure) {
    if (failure == null) {
      loaded.increment();
    } else if (failure instanceof InvalidRuleException
        || failure.getCause() instanceof InvalidRuleException) {
      invalid.increment();
    }
  }

  /**
   * Calls a rule. Never throws, and never waits.
   *
   * @param deadlineNanos until when somebody waits for it, by {@link System#nanoTime}: a call that
   *     has no thread by then is not run
   * @param callback told once; see there on which thread
   */
  public void run(Rule rule, RuleCall call, long deadlineNanos, RuleCallback callback) {
    RuleFunction function;
    long[] parameters;
    try {
      function = rule.module().function(call.function());
      parameters = function.parametersOf(call.arguments());
    } catch (InvalidRuleException e) {
      refuse(callback, e);
      return;
    }
    Quarantine quarantine = rule.quarantine();
    if (quarantine.isClosed()) {
      refuse(
          callback,
          new RuleException(
              RuleException.Reason.QUARANTINED,
              "A rule failed too often and is not called until it is loaded anew or released: rule="
                  + RuleText.shortened(rule.name())
                  + ", module="
                  + rule.module().hash()
                  + ", reason="
                  + quarantine.reason().orElse("released just now")));
      return;
    }
    callers.submit(new CallTask(this, rule, function, parameters, call, deadlineNanos, callback));
  }

  /** Nobody waits for this call any more. */
  void late(RuleCallback callback, GridException failure) {
    late.increment();
    callback.failed(failure);
  }

  void refuse(RuleCallback callback, GridException failure) {
    notRun.increment();
    callback.failed(failure);
  }

  void completed(Rule rule) {
    completed.increment();
    rule.quarantine().passed();
  }

  /** Counts a failure, which may be the one too many. */
  void failed(Rule rule, RuleException failure) {
    switch (failure.reason()) {
      case TRAPPED -> trapped.increment();
      case EXHAUSTED -> exhausted.increment();
      case REFUSED -> refused.increment();
      case QUARANTINED -> notRun.increment();
    }
    if (failure.reason() == RuleException.Reason.REFUSED) {
      rule.quarantine().passed();
    } else if (rule.quarantine().failed(String.valueOf(failure.getMessage()))) {
      quarantined.increment();
      LOG.warn(
          "A rule is quarantined: rule={}, module={}, reason={}",
          RuleText.shortened(rule.name()),
          rule.module().hash(),
          rule.quarantine().reason().orElse(""));
    }
  }

  /** Logs what a rule said, as far as the node's pace allows. */
  void log(Rule rule, List<String> lines) {
    if (lines.isEmpty()) {
      return;
    }
    String name = RuleText.shortened(rule.name());
    long nowNanos = System.nanoTime();
    for (String line : lines) {
      if (pace.passes(nowNanos)) {
        long dropped = pace.takeDropped();
        linesDropped.add(dropped);
        LOG.info("rule={}, droppedBefore={}: {}", name, dropped, line);
      }
    }
  }

  /** What was done, and is done now. */
  public RuleFigures figures() {
    return new RuleFigures(
        completed.sum(),
        trapped.sum(),
        exhausted.sum(),
        refused.sum(),
        notRun.sum(),
        late.sum(),
        quarantined.sum(),
        loaded.sum(),
        invalid.sum(),
        linesDropped.sum(),
        cache.size(),
        callers.waiting(),
        callers.working(),
        callers.abandoned() + loader.abandoned());
  }

  /** Calls that wait are refused, those that run are interrupted. Does not wait for them. */
  @Override
  public void close() {
    callers.close();
    loader.close();
  }
}
