package io.shardgrid.rule;

import com.dylibso.chicory.compiler.InterpreterFallback;
import com.dylibso.chicory.compiler.MachineFactoryCompiler;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Machine;
import io.shardgrid.failure.InvalidRuleException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A checked module that is ready to run. Thread-safe. */
final class CompiledRule {

  private static final Logger LOG = LoggerFactory.getLogger(CompiledRule.class);

  private final RuleModule module;
  private final RuleSettings settings;
  private final @Nullable Function<Instance, Machine> machines;
  private volatile byte @Nullable [] image;

  private CompiledRule(
      RuleModule module, RuleSettings settings, @Nullable Function<Instance, Machine> machines) {
    this.module = module;
    this.settings = settings;
    this.machines = machines;
  }

  /**
   * Checks and compiles a module. May take seconds: for a thread of its own.
   *
   * @throws InvalidRuleException that says what is wrong with it
   */
  static CompiledRule of(byte[] bytes, RuleSettings settings) {
    RuleModule module = RuleModule.of(bytes, settings);
    return new CompiledRule(
        module, settings, settings.engine() == RuleEngineKind.COMPILER ? compile(module) : null);
  }

  private static @Nullable Function<Instance, Machine> compile(RuleModule module) {
    try {
      // Functions that are too large for a method of the JVM are interpreted.
      return MachineFactoryCompiler.builder(module.parsed())
          .withInterpreterFallback(InterpreterFallback.SILENT)
          .compile();
    } catch (RuntimeException | LinkageError | StackOverflowError | AssertionError e) {
      LOG.warn("A rule is interpreted, for it cannot be compiled: module={}", module.hash(), e);
      return null;
    }
  }

  RuleModule module() {
    return module;
  }

  RuleSettings settings() {
    return settings;
  }

  /** What carries it out: the interpreter as well if the compiler could not take it. */
  RuleEngineKind engine() {
    return machines == null ? RuleEngineKind.INTERPRETER : RuleEngineKind.COMPILER;
  }

  @Nullable Function<Instance, Machine> machines() {
    return machines;
  }

  /** A fresh instance, confined to the thread that asks. Runs the module's start functions. */
  RuleInstance newInstance() {
    var instance = new RuleInstance(this);
    // All instances begin alike, since nothing of outside can be asked before a call.
    image = instance.takeImage(image);
    return instance;
  }
}
