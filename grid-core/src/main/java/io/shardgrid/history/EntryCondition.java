package io.shardgrid.history;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * What must hold of an entry for a write to happen. Immutable.
 *
 * @param kind which test
 * @param value the expected value for {@link Kind#VALUE_IS}, else null
 * @param version the expected version for {@link Kind#VERSION_IS}, else 0
 */
public record EntryCondition(Kind kind, @Nullable Bytes value, long version) {

  /** No test. */
  public static final EntryCondition ALWAYS = new EntryCondition(Kind.ALWAYS, null, 0);

  /** The key has no entry. */
  public static final EntryCondition ABSENT = new EntryCondition(Kind.ABSENT, null, 0);

  /** The key has an entry. */
  public static final EntryCondition PRESENT = new EntryCondition(Kind.PRESENT, null, 0);

  /** The tests there are. */
  public enum Kind {
    /** No test. */
    ALWAYS,
    /** The key has no entry. */
    ABSENT,
    /** The key has an entry. */
    PRESENT,
    /** The entry's value equals the expected one. */
    VALUE_IS,
    /** The entry's version equals the expected one. */
    VERSION_IS
  }

  /** Checks that there is a value to compare with where one is needed. */
  public EntryCondition {
    if ((kind == Kind.VALUE_IS) != (value != null)) {
      throw new IllegalArgumentException(
          "A value goes with VALUE_IS alone: kind=%s, value=%s".formatted(kind, value));
    }
  }

  /** The entry's value equals this one. */
  public static EntryCondition valueIs(Bytes value) {
    return new EntryCondition(Kind.VALUE_IS, value, 0);
  }

  /** The entry has this version. */
  public static EntryCondition versionIs(long version) {
    return new EntryCondition(Kind.VERSION_IS, null, version);
  }

  /** The expected value of {@link Kind#VALUE_IS}. */
  Bytes expected() {
    return requireNonNull(value);
  }

  @Override
  public String toString() {
    return switch (kind) {
      case ALWAYS -> "";
      case ABSENT -> " if absent";
      case PRESENT -> " if present";
      case VALUE_IS -> " if " + value;
      case VERSION_IS -> " if v" + version;
    };
  }
}
