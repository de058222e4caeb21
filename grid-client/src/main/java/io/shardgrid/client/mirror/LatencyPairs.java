package io.shardgrid.client.mirror;

import java.util.Arrays;

/**
 * The last pairs of times of operations that both clusters carried out. Bounded; confined to
 * whoever holds it.
 */
final class LatencyPairs {

  private final int skipped;
  private final long[] production;
  private final long[] canary;
  private long added;

  /**
   * Times in nanoseconds, oldest pair anywhere; those at one place belong together. Not copied.
   *
   * @param production of the operations there
   * @param canary of the same operations
   */
  @SuppressWarnings("ArrayRecordComponent") // made for one reader, and never compared
  record Pairs(long[] production, long[] canary) {
    int count() {
      return production.length;
    }
  }

  /**
   * Keeps some pairs.
   *
   * @param max so many
   * @param skipped the first ones that do not count
   */
  LatencyPairs(int max, int skipped) {
    this.skipped = skipped;
    this.production = new long[max];
    this.canary = new long[max];
  }

  /** Adds a pair; the oldest one makes room. */
  void add(long productionNanos, long canaryNanos) {
    long place = added++ - skipped;
    if (place >= 0) {
      int at = (int) (place % production.length);
      production[at] = productionNanos;
      canary[at] = canaryNanos;
    }
  }

  /** Those there are now. */
  Pairs pairs() {
    int size = (int) Math.max(0, Math.min(added - skipped, production.length));
    return new Pairs(Arrays.copyOf(production, size), Arrays.copyOf(canary, size));
  }
}
