package io.shardgrid.rule;

import io.shardgrid.failure.InvalidRuleException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** An exported function of a rule's module. Immutable. */
public final class RuleFunction {

  private final String name;
  private final int index;
  private final Signature signature;
  private final boolean isCallable;

  RuleFunction(String name, int index, Signature signature) {
    this.name = name;
    this.index = index;
    this.signature = signature;
    this.isCallable = signature.isCallable();
  }

  /** Under which it is exported. */
  public String name() {
    return name;
  }

  /** Its types as in WebAssembly's text, such as {@code (i32 i64) -> (i32)}. */
  public String types() {
    return signature.toString();
  }

  /** How many of a call's first arguments are its parameters. */
  public int parameters() {
    return signature.parameters().size();
  }

  /** Whether it can be called as a rule: integers in, and at most one out. */
  public boolean isCallable() {
    return isCallable;
  }

  int index() {
    return index;
  }

  boolean isResultNarrow() {
    return signature.results().get(0) == RuleType.I32;
  }

  boolean hasResult() {
    return !signature.results().isEmpty();
  }

  /**
   * The parameters as the engine takes them.
   *
   * @throws InvalidRuleException if the arguments do not fit
   */
  long[] parametersOf(List<RuleValue> arguments) {
    if (arguments.size() < parameters()) {
      throw new InvalidRuleException(
          "A rule's function has more parameters than the call has arguments: function="
              + name
              + ", types="
              + types()
              + ", arguments="
              + arguments.size());
    }
    long[] taken = new long[parameters()];
    for (int i = 0; i < taken.length; i++) {
      taken[i] = number(arguments.get(i), i);
    }
    return taken;
  }

  private long number(RuleValue argument, int at) {
    long number;
    if (argument instanceof RuleValue.Whole given) {
      number = given.value();
    } else if (argument instanceof RuleValue.Bytes text) {
      number = parsed(text.value(), at);
    } else {
      throw unfit(at, "nothing");
    }
    if (signature.parameters().get(at) != RuleType.I32) {
      return number;
    }
    // The same 32 bits, whether the rule takes them as signed or as unsigned.
    if (number < Integer.MIN_VALUE || number > 0xFFFF_FFFFL) {
      throw unfit(at, Long.toString(number));
    }
    return (int) number;
  }

  private long parsed(byte[] text, int at) {
    String decimal =
        text.length > 20 ? "more than 20 bytes" : new String(text, StandardCharsets.ISO_8859_1);
    try {
      return Long.parseLong(decimal);
    } catch (NumberFormatException e) {
      throw unfit(at, decimal);
    }
  }

  private InvalidRuleException unfit(int at, String found) {
    return new InvalidRuleException(
        "An argument does not fit the rule's parameter, which is a whole number: function="
            + name
            + ", types="
            + types()
            + ", parameter="
            + (at + 1)
            + ", found="
            + found);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RuleFunction function
        && name.equals(function.name)
        && index == function.index
        && signature.equals(function.signature);
  }

  @Override
  public int hashCode() {
    return Objects.hash(name, index);
  }

  @Override
  public String toString() {
    return name + types();
  }
}
