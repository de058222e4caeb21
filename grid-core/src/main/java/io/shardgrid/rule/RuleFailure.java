package io.shardgrid.rule;

import com.dylibso.chicory.runtime.ChicoryInterruptedException;
import io.shardgrid.failure.InvalidRuleException;
import io.shardgrid.failure.RuleException;
import org.jspecify.annotations.Nullable;

/** Tells from what was thrown in a rule why it failed, and where. */
final class RuleFailure {

  private static final String COMPILED_CLASSES = "com.dylibso.chicory.$gen.CompiledMachine";
  private static final String COMPILED_FUNCTION = "func_";
  private static final String INTERPRETER = "com.dylibso.chicory.runtime.InterpreterMachine";
  private static final int CAUSES_MAX = 8;

  private RuleFailure() {}

  /**
   * What the caller is told.
   *
   * @param thrown what a call ended with
   * @param instance that it ran in; null if there was none yet
   */
  static RuleException of(
      Throwable thrown, Rule rule, String function, @Nullable RuleInstance instance) {
    RuleModule module = rule.module();
    String who =
        ": rule="
            + RuleText.shortened(rule.name())
            + ", function="
            + function
            + ", module="
            + module.hash();
    if (thrown instanceof RefusalSignal refusal) {
      return new RuleException(
          RuleException.Reason.REFUSED, "A rule said no" + who + ", reason=" + refusal.words());
    }
    String at = position(thrown, module, instance == null ? -1 : instance.offset());
    String limit = limit(thrown, rule.settings());
    return limit == null
        ? new RuleException(
            RuleException.Reason.TRAPPED,
            "A rule trapped" + who + at + ", cause=" + cause(thrown),
            thrown)
        : new RuleException(
            RuleException.Reason.EXHAUSTED,
            "A rule was ended at a limit" + who + at + ", limit=" + limit,
            thrown);
  }

  /** What whoever loads the module is told, if it cannot even begin. */
  static InvalidRuleException ofStart(Throwable thrown, CompiledRule compiled) {
    RuleModule module = compiled.module();
    String limit = limit(thrown, compiled.settings());
    return new InvalidRuleException(
        "A rule's module does not begin: module="
            + module.hash()
            + position(thrown, module, -1)
            + ", cause="
            + (limit == null ? cause(thrown) : "its start met the limit " + limit),
        thrown);
  }

  /** The limit that was met; null if it was none. */
  private static @Nullable String limit(Throwable thrown, RuleSettings settings) {
    if (thrown instanceof ChicoryInterruptedException) {
      return "grid.rule.time-limit (" + settings.timeLimit().toMillis() + " ms)";
    }
    if (thrown instanceof InstructionCounter.BudgetSignal) {
      return "grid.rule.instructions-max (" + settings.instructionsMax() + ")";
    }
    if (thrown instanceof OutOfMemoryError) {
      return "the memory of the process";
    }
    Throwable cause = thrown;
    for (int i = 0; i < CAUSES_MAX && cause != null; i++) {
      if (cause instanceof StackOverflowError) {
        return "grid.rule.stack-bytes (" + settings.stackBytes() + ")";
      }
      cause = cause.getCause();
    }
    return null;
  }

  private static String cause(Throwable thrown) {
    String message = thrown.getMessage();
    return RuleText.shortened(
        message == null || message.isEmpty() ? thrown.getClass().getSimpleName() : message);
  }

  /**
   * Where it was: the innermost function of the module on the stack. Where that is interpreted, the
   * instruction is known.
   */
  private static String position(Throwable thrown, RuleModule module, int offset) {
    Throwable cause = thrown;
    for (int i = 0; i < CAUSES_MAX && cause != null; i++) {
      for (StackTraceElement frame : cause.getStackTrace()) {
        if (isCompiled(frame)) {
          String index = frame.getMethodName().substring(COMPILED_FUNCTION.length());
          return ", at=" + module.names().of(Integer.parseInt(index));
        }
        if (offset >= 0 && frame.getClassName().equals(INTERPRETER)) {
          return ", at=" + module.names().at(offset);
        }
      }
      cause = cause.getCause();
    }
    return offset >= 0 ? ", at=" + module.names().at(offset) : "";
  }

  /** A compiled function is a method whose name has its index. */
  private static boolean isCompiled(StackTraceElement frame) {
    return frame.getClassName().startsWith(COMPILED_CLASSES)
        && frame.getMethodName().startsWith(COMPILED_FUNCTION);
  }
}
