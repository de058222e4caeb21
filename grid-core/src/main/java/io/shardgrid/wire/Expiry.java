package io.shardgrid.wire;

/**
 * What a write does with an entry's deadline. Immutable.
 *
 * @param kind which rule
 * @param millis time to live for {@link Kind#AFTER}, wall-clock milliseconds since 1970 for {@link
 *     Kind#AT}, else 0
 */
public record Expiry(Kind kind, long millis) {

  /** The entry stays until removed; an earlier deadline is taken off. */
  public static final Expiry NEVER = new Expiry(Kind.NEVER, 0);

  /** An existing entry keeps its deadline. */
  public static final Expiry KEEP = new Expiry(Kind.KEEP, 0);

  /** The rules there are. The ordinal is the code on the wire. */
  public enum Kind {
    /** No deadline. */
    NEVER,
    /** The deadline that the entry has. */
    KEEP,
    /** A time from now, by the primary's clock. */
    AFTER,
    /** A moment of the wall clock. */
    AT
  }

  /** Expires this many milliseconds after the primary carries the write out. */
  public static Expiry after(long millis) {
    return new Expiry(Kind.AFTER, millis);
  }

  /** Expires at this moment, in milliseconds since 1970. */
  public static Expiry at(long epochMillis) {
    return new Expiry(Kind.AT, epochMillis);
  }
}
