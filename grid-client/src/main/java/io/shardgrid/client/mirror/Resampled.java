package io.shardgrid.client.mirror;

import java.util.Arrays;

/**
 * Quantiles of samples that are drawn from the same numbers again and again: a draw costs O(n), as
 * the numbers are sorted once. Confined to one thread.
 */
final class Resampled {

  /* Numbers are sorted together with their places, in one long each: 43 bits of nanoseconds (2.4
   * hours, longer ones count as that) and 20 bits of place. A draw counts at the ranks. */
  private static final int PLACE_BITS = 20;
  private static final long PLACE_MASK = (1L << PLACE_BITS) - 1;
  private static final long LONGEST = (1L << 43) - 1;

  private final long[] sorted;
  private final int[] rankOf;
  private final int[] counts;

  /** Numbers to draw from, at most 2^20. */
  Resampled(long[] numbers) {
    sorted = new long[numbers.length];
    rankOf = new int[numbers.length];
    counts = new int[numbers.length];
    long[] keys = new long[numbers.length];
    for (int place = 0; place < keys.length; place++) {
      long bounded = Math.max(0, Math.min(numbers[place], LONGEST));
      keys[place] = bounded << PLACE_BITS | place;
    }
    Arrays.sort(keys);
    for (int rank = 0; rank < keys.length; rank++) {
      sorted[rank] = keys[rank] >>> PLACE_BITS;
      rankOf[(int) (keys[rank] & PLACE_MASK)] = rank;
    }
  }

  /** Begins another draw. */
  void clear() {
    Arrays.fill(counts, 0);
  }

  /** Draws a stretch of neighbours. */
  void draw(int from, int length) {
    for (int place = from; place < from + length; place++) {
      counts[rankOf[place]]++;
    }
  }

  /** Quantiles of all numbers, ascending ones. */
  long[] quantiles(double[] wanted) {
    long[] found = new long[wanted.length];
    for (int which = 0; which < wanted.length; which++) {
      found[which] = sorted[place(wanted[which])];
    }
    return found;
  }

  /** Quantiles of what was drawn, which has to be as many as there are; ascending ones. */
  long[] drawnQuantiles(double[] wanted) {
    long[] found = new long[wanted.length];
    int seen = 0;
    int which = 0;
    for (int rank = 0; rank < counts.length && which < wanted.length; rank++) {
      seen += counts[rank];
      while (which < wanted.length && seen > place(wanted[which])) {
        found[which++] = sorted[rank];
      }
    }
    return found;
  }

  private int place(double quantile) {
    return (int) Math.round((sorted.length - 1) * quantile);
  }
}
