package io.shardgrid.history;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * One key of a map, said as plainly as possible and with every version known: for tests to make
 * histories with, and to compare the model with.
 *
 * @param value null if there is no entry
 * @param version of the last write, removals included; 0 before the first
 */
record PlainEntry(@Nullable Bytes value, long version) {

  static final PlainEntry NEVER_WRITTEN = new PlainEntry(null, 0);

  /** What an operation comes to: the entry after it and all that could be told of it. */
  record Effect(PlainEntry next, EntryOutput output) {}

  /** The effect of an operation; a write gets this number as its version. */
  Effect apply(EntryInput input, long number) {
    if (input instanceof EntryInput.Put put) {
      Bytes previous = put.wantsPrevious() ? value : null;
      return holds(put.condition())
          ? new Effect(
              new PlainEntry(put.value(), number), new EntryOutput.Stored(true, number, previous))
          : new Effect(this, new EntryOutput.Stored(false, versionThere(), previous));
    }
    if (input instanceof EntryInput.Remove remove) {
      Bytes previous = remove.wantsPrevious() ? value : null;
      return value != null && holds(remove.condition())
          ? new Effect(new PlainEntry(null, number), new EntryOutput.Stored(true, number, previous))
          : new Effect(this, new EntryOutput.Stored(false, versionThere(), previous));
    }
    if (input instanceof EntryInput.Add add) {
      return add(add.delta(), number);
    }
    return new Effect(
        this,
        value == null ? new EntryOutput.Absent() : new EntryOutput.Found(value, versionThere()));
  }

  private Effect add(long delta, long number) {
    String text = value == null ? "0" : unquoted(value);
    if (!text.matches("0|-?[1-9][0-9]{0,18}")) {
      return new Effect(this, new EntryOutput.NotANumber());
    }
    BigInteger sum = new BigInteger(text).add(BigInteger.valueOf(delta));
    boolean fits = sum.bitLength() < 64 && new BigInteger(text).bitLength() < 64;
    return fits
        ? new Effect(
            new PlainEntry(Bytes.of(sum.toString()), number), new EntryOutput.Sum(sum.longValue()))
        : new Effect(this, new EntryOutput.NotANumber());
  }

  private static String unquoted(Bytes value) {
    String text = value.toString();
    return text.substring(1, text.length() - 1);
  }

  private long versionThere() {
    return value == null ? 0 : version;
  }

  private boolean holds(EntryCondition condition) {
    return switch (condition.kind()) {
      case ALWAYS -> true;
      case ABSENT -> value == null;
      case PRESENT -> value != null;
      case VALUE_IS -> value != null && value.equals(condition.value());
      case VERSION_IS -> value != null && version == condition.version();
    };
  }
}
