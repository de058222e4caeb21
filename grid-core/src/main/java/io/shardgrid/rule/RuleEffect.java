package io.shardgrid.rule;

/** What becomes of the entry that a rule was called with. Immutable. */
public sealed interface RuleEffect {

  /** The entry stays as it is. */
  RuleEffect NONE = new None();

  /** The entry is removed. There was one. */
  RuleEffect DELETE = new Delete();

  /** The entry stays as it is. */
  record None() implements RuleEffect {}

  /**
   * The entry has this value and deadline, as a write of its own.
   *
   * @param value at most {@link RuleCall#VALUE_BYTES_MAX} bytes, not copied
   * @param deadlineMillis wall time at which it ends, milliseconds since 1970; 0 for never
   */
  record Put(byte[] value, long deadlineMillis) implements RuleEffect {}

  /** The entry is removed. */
  record Delete() implements RuleEffect {}
}
