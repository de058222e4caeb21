package io.shardgrid.rule;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One call of a rule, with the entry as it is. Immutable; arrays are not copied, and are not to be
 * changed until the call has ended.
 *
 * @param function name of an exported function
 * @param arguments the first are the function's parameters: numbers, or their decimal text; those
 *     behind are bytes that the rule reads, a number as its decimal text
 * @param key of the entry
 * @param value of the entry; null if there is none
 * @param version of the entry; 0 if there is none
 * @param deadlineMillis wall time at which the entry ends, milliseconds since 1970; 0 for never
 * @param nowMillis the shard's wall time, the only one that the rule sees
 */
public record RuleCall(
    String function,
    List<RuleValue> arguments,
    byte[] key,
    byte @Nullable [] value,
    long version,
    long deadlineMillis,
    long nowMillis) {

  /** Longest value that a rule may put, and longest answer: that of an entry. */
  public static final int VALUE_BYTES_MAX = 8 << 20;

  /** A call with an entry that does not exist. */
  public static RuleCall ofAbsent(
      String function, List<RuleValue> arguments, byte[] key, long nowMillis) {
    return new RuleCall(function, arguments, key, null, 0, 0, nowMillis);
  }
}
