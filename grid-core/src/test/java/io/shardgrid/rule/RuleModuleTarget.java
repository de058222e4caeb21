package io.shardgrid.rule;

import io.shardgrid.failure.InvalidRuleException;
import io.shardgrid.fuzz.FuzzTarget;
import java.util.List;
import java.util.stream.Stream;

/**
 * Bytes are a module or refused by an error that says what is wrong. A module that is taken begins,
 * or does not, and each of its functions ends: in the interpreter, within its instructions.
 */
final class RuleModuleTarget implements FuzzTarget {

  private static final RuleSettings SETTINGS =
      Rules.settings(
          "engine = interpreter",
          "instructions-max = 300",
          "memory-pages-max = 3",
          "table-elements-max = 20");
  private static final int FUNCTIONS_RUN_MAX = 4;

  @Override
  public List<byte[]> seeds() {
    return Stream.of(
            "host", "state", "drop", "bad_start_trap", "bad_start_host", "bad_data_outside")
        .map(Rules::module)
        .toList();
  }

  @Override
  public boolean run(byte[] input) {
    RuleModule module;
    try {
      module = RuleModule.of(input, SETTINGS);
    } catch (InvalidRuleException e) {
      requireTelling(e);
      return false;
    }
    CompiledRule compiled = CompiledRule.of(input, SETTINGS);
    module.functions().stream()
        .filter(RuleFunction::isCallable)
        .limit(FUNCTIONS_RUN_MAX)
        .forEach(function -> call(compiled, function));
    return true;
  }

  private static void call(CompiledRule compiled, RuleFunction function) {
    RuleInstance instance = null;
    try {
      instance = compiled.newInstance();
      RuleCall call = RuleCall.ofAbsent(function.name(), List.of(), Rules.KEY, 1);
      instance.call(function, new long[function.parameters()], call);
      instance.reset();
    } catch (RuntimeException | StackOverflowError e) {
      requireTelling(RuleFailure.of(e, new Rule("fuzzed", compiled), function.name(), instance));
    }
  }

  private static void requireTelling(Exception failure) {
    if (String.valueOf(failure.getMessage()).length() < 20) {
      throw new AssertionError("does not say what is wrong", failure);
    }
  }

  @Override
  public int inputBytesMax() {
    return 3000;
  }

  /** Two instances of up to three pages, and what the engine makes of an instruction. */
  @Override
  public long allocatedBytesMax(int inputBytes) {
    return (8L << 20) + 2_000L * inputBytes;
  }
}
