package io.shardgrid.rule;

import java.nio.charset.StandardCharsets;

/** What a rule is given and what it answers: a number, bytes, or nothing. Immutable. */
public sealed interface RuleValue {

  /** No value: the answer of a function that has none and told no bytes. */
  RuleValue NOTHING = new Nothing();

  /** A whole number of 64 bits. */
  record Whole(long value) implements RuleValue {}

  /** Bytes, not copied: nobody changes them afterwards. */
  record Bytes(byte[] value) implements RuleValue {}

  /** No value. */
  record Nothing() implements RuleValue {}

  /** The number. */
  static RuleValue of(long number) {
    return new Whole(number);
  }

  /** These bytes, not copied. */
  static RuleValue of(byte[] bytes) {
    return new Bytes(bytes);
  }

  /** The text in UTF-8. */
  static RuleValue of(String text) {
    return new Bytes(text.getBytes(StandardCharsets.UTF_8));
  }
}
