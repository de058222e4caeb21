package io.shardgrid.map;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * How callers name a rule's function and give it arguments. Immutable.
 *
 * @param rule name of the rule
 * @param function which of its functions
 * @param numbers the first arguments, as far as they are numbers
 * @param bytes those behind
 */
public record RuleCallForm(String rule, String function, long[] numbers, List<byte[]> bytes) {

  private static final int ARGUMENTS_MAX = 64;

  /**
   * Reads it.
   *
   * @param named {@code rule.function}, or one name for both
   * @param arguments whole numbers first, then text (UTF-8), bytes, or numbers as decimal text
   * @throws IllegalArgumentException if an argument is of another type, or there are more than 64
   */
  public static RuleCallForm of(String named, Object... arguments) {
    int dot = named.indexOf('.');
    String rule = dot < 0 ? named : named.substring(0, dot);
    String function = dot < 0 ? named : named.substring(dot + 1);
    if (rule.isEmpty() || function.isEmpty()) {
      throw new IllegalArgumentException(
          "A rule is called as rule.function, or by one name for both: found=" + named);
    }
    if (arguments.length > ARGUMENTS_MAX) {
      throw new IllegalArgumentException(
          "A rule takes at most " + ARGUMENTS_MAX + " arguments: found=" + arguments.length);
    }
    int count = 0;
    while (count < arguments.length && isWhole(arguments[count])) {
      count++;
    }
    long[] numbers = new long[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = ((Number) arguments[i]).longValue();
    }
    List<byte[]> bytes = new ArrayList<>();
    for (int i = count; i < arguments.length; i++) {
      bytes.add(bytesOf(arguments[i], i));
    }
    return new RuleCallForm(rule, function, numbers, bytes);
  }

  private static boolean isWhole(Object argument) {
    return argument instanceof Long
        || argument instanceof Integer
        || argument instanceof Short
        || argument instanceof Byte;
  }

  private static byte[] bytesOf(Object argument, int place) {
    if (argument instanceof byte[] bytes) {
      return bytes;
    }
    if (argument instanceof String || isWhole(argument)) {
      return argument.toString().getBytes(StandardCharsets.UTF_8);
    }
    throw new IllegalArgumentException(
        "A rule takes whole numbers, text and bytes: argument="
            + place
            + ", type="
            + argument.getClass().getName());
  }
}
