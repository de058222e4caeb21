package io.shardgrid.wire;

import org.jspecify.annotations.Nullable;

/**
 * What must hold of an entry for a write to happen. Immutable; the array is not copied.
 *
 * @param kind which test
 * @param value the expected value for {@link Kind#VALUE_IS}, else null
 * @param version the expected version for {@link Kind#VERSION_IS}, else 0
 */
public record Condition(Kind kind, byte @Nullable [] value, long version) {

  /** No test. */
  public static final Condition ALWAYS = new Condition(Kind.ALWAYS, null, 0);

  /** The key has no entry. */
  public static final Condition ABSENT = new Condition(Kind.ABSENT, null, 0);

  /** The key has an entry. */
  public static final Condition PRESENT = new Condition(Kind.PRESENT, null, 0);

  /** The tests there are. The ordinal is the code on the wire. */
  public enum Kind {
    /** No test. */
    ALWAYS,
    /** The key has no entry. */
    ABSENT,
    /** The key has an entry. */
    PRESENT,
    /** The entry's value equals the expected bytes. */
    VALUE_IS,
    /** The entry's version equals the expected one. */
    VERSION_IS
  }

  /** The entry's value equals these bytes. */
  public static Condition valueIs(byte[] value) {
    return new Condition(Kind.VALUE_IS, value, 0);
  }

  /** The entry has this version. */
  public static Condition versionIs(long version) {
    return new Condition(Kind.VERSION_IS, null, version);
  }
}
