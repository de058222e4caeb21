package io.shardgrid.rule;

import io.shardgrid.failure.InvalidRuleException;
import io.shardgrid.failure.RuleException;
import io.shardgrid.fuzz.FuzzTarget;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a module does in the interpreter, it does when it is compiled: the same answers and effects,
 * and a trap where there was one. Only what the interpreter ends within its instructions is asked
 * again, since nothing counts those of compiled code.
 */
final class RuleEnginesTarget implements FuzzTarget {

  private static final String[] LIMITS = {
    "instructions-max = 300", "memory-pages-max = 3", "table-elements-max = 20"
  };
  private static final int FUNCTIONS_RUN_MAX = 4;

  private final RuleSettings interpreter = settings(RuleEngineKind.INTERPRETER);
  private final RuleSettings compiler = settings(RuleEngineKind.COMPILER);

  private static RuleSettings settings(RuleEngineKind kind) {
    return Rules.settings(
        Stream.concat(Stream.of("engine = " + kind.key()), Arrays.stream(LIMITS))
            .toArray(String[]::new));
  }

  @Override
  public List<byte[]> seeds() {
    return Stream.of("host", "state", "drop", "bad_start_trap").map(Rules::module).toList();
  }

  @Override
  public boolean run(byte[] input) {
    CompiledRule interpreted;
    RuleInstance first;
    try {
      interpreted = CompiledRule.of(input, interpreter);
      first = interpreted.newInstance();
    } catch (InvalidRuleException e) {
      return false;
    } catch (RuntimeException | StackOverflowError e) { // its start traps, or takes too long
      return true;
    }
    RuleInstance second = CompiledRule.of(input, compiler).newInstance();
    interpreted.module().functions().stream()
        .filter(RuleFunction::isCallable)
        .limit(FUNCTIONS_RUN_MAX)
        .takeWhile(function -> isAlike(interpreted, function, first, second))
        .forEach(function -> {});
    return true;
  }

  /**
   * Calls both; each begins where its last call has left it, in both engines alike.
   *
   * @return false if that is over, since the call met a limit in the interpreter
   */
  private static boolean isAlike(
      CompiledRule rule, RuleFunction function, RuleInstance first, RuleInstance second) {
    String expected = outcome(rule, function, first);
    if (expected == null) {
      return false;
    }
    String found = outcome(rule, function, second);
    if (!expected.equals(found)) {
      throw new AssertionError(
          "function=" + function.name() + ", interpreted=" + expected + ", compiled=" + found);
    }
    first.reset();
    second.reset();
    return true;
  }

  /** What came of a call; null if it met a limit. */
  private static @Nullable String outcome(
      CompiledRule rule, RuleFunction function, RuleInstance instance) {
    try {
      RuleCall call = RuleCall.ofAbsent(function.name(), List.of(), Rules.KEY, 1);
      RuleResult result = instance.call(function, new long[function.parameters()], call);
      return text(result.value()) + " " + text(result.effect());
    } catch (RuntimeException | StackOverflowError e) {
      RuleException failure =
          RuleFailure.of(e, new Rule("fuzzed", rule), function.name(), instance);
      return failure.reason() == RuleException.Reason.EXHAUSTED ? null : failure.reason().name();
    }
  }

  private static String text(RuleValue value) {
    return value instanceof RuleValue.Bytes bytes
        ? Arrays.toString(bytes.value())
        : value.toString();
  }

  private static String text(RuleEffect effect) {
    return effect instanceof RuleEffect.Put put
        ? Arrays.toString(put.value()) + " until " + put.deadlineMillis()
        : effect.toString();
  }

  @Override
  public int inputBytesMax() {
    return 3000;
  }

  /** Instances of both engines, and classes that are made, read again and loaded. */
  @Override
  public long allocatedBytesMax(int inputBytes) {
    return (96L << 20) + 20_000L * inputBytes;
  }
}
