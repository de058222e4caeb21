package io.shardgrid.key;

/**
 * Arithmetic of epochs: {@code term << 32 | n}, where the term numbers the incarnations of the
 * placement authority and n its changes. An epoch is unique in a cluster and grows with each change
 * of a shard's placement.
 */
public final class Epoch {

  /** Before every placement. */
  public static final long NONE = 0;

  private Epoch() {}

  /** The epoch of change {@code n} of the authority with this term. */
  public static long of(int term, int n) {
    return ((long) term << 32) | (n & 0xFFFF_FFFFL);
  }

  /** The authority's term in an epoch. */
  public static int term(long epoch) {
    return (int) (epoch >>> 32);
  }

  /** Readable form: {@code term.n}. */
  public static String format(long epoch) {
    return term(epoch) + "." + (epoch & 0xFFFF_FFFFL);
  }
}
