package io.shardgrid.key;

/**
 * A 128-bit sum over the entries of a map, independent of their order. Immutable.
 *
 * <p>Maps with equal entries have equal digests; the digests of parts add up to the digest of the
 * whole. Not for adversaries: who may choose entries can make two maps of equal digest.
 *
 * @param high the upper 64 bits
 * @param low the lower 64 bits
 */
public record Digest(long high, long low) {

  /** The digest of no entries. */
  public static final Digest ZERO = new Digest(0, 0);

  /** The sum modulo 2^128. */
  public Digest plus(Digest other) {
    long sum = low + other.low;
    long carry = Long.compareUnsigned(sum, low) < 0 ? 1 : 0;
    return new Digest(high + other.high + carry, sum);
  }

  /** The difference modulo 2^128. */
  public Digest minus(Digest other) {
    long borrow = Long.compareUnsigned(low, other.low) < 0 ? 1 : 0;
    return new Digest(high - other.high - borrow, low - other.low);
  }

  /** 32 hexadecimal digits. */
  @Override
  public String toString() {
    return "%016x%016x".formatted(high, low);
  }
}
