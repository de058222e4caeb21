package io.shardgrid.meter;

/** Classes of whole numbers, each with all that are above the bound below and not above its own. */
public final class Buckets {

  /*
   * Which class a number belongs to is looked up by its highest bit, and then found within at most
   * a few steps: between two powers of two there are one or two bounds.
   *
   * Bounds of times are round numbers of seconds, so that they read well as the label le, and a
   * factor of 2 to 2.5 apart: 22 of them span what a grid can take, from a read in memory to an
   * operation's deadline. A quantile is off by less than that factor.
   */

  private static final int BITS = 65;
  private static final long NANOS_MIN = 1_000;
  private static final long NANOS_MAX = 10_000_000_000L;
  private static final long COUNT_MAX = 4_096;

  private final long[] bounds;
  private final int[] firstByBits = new int[BITS];

  /**
   * Classes with these bounds, and one for what is above the last.
   *
   * @param bounds ascending, above 0
   */
  Buckets(long... bounds) {
    this.bounds = bounds.clone();
    for (int i = 0; i < bounds.length; i++) {
      long below = i == 0 ? 0 : bounds[i - 1];
      if (bounds[i] <= below) {
        throw new IllegalArgumentException("bounds do not ascend: bound=" + bounds[i]);
      }
    }
    for (int bits = 0; bits < BITS; bits++) {
      long least = bits == 0 ? 0 : 1L << (bits - 1);
      int first = 0;
      while (first < bounds.length && least > bounds[first]) {
        first++;
      }
      firstByBits[bits] = bits == BITS - 1 ? bounds.length : first;
    }
  }

  /** For times in nanoseconds: 1, 2.5 and 5 of each power of ten from 1 us to 10 s. */
  static Buckets ofNanos() {
    long[] bounds = new long[22];
    int count = 0;
    for (long decade = NANOS_MIN; decade < NANOS_MAX; decade *= 10) {
      bounds[count++] = decade;
      bounds[count++] = decade * 5 / 2;
      bounds[count++] = decade * 5;
    }
    bounds[count] = NANOS_MAX;
    return new Buckets(bounds);
  }

  /** For numbers of things: the powers of two from 1 to 4,096. */
  static Buckets ofCounts() {
    long[] bounds = new long[Long.numberOfTrailingZeros(COUNT_MAX) + 1];
    for (int i = 0; i < bounds.length; i++) {
      bounds[i] = 1L << i;
    }
    return new Buckets(bounds);
  }

  /** How many classes there are, the one above the last bound included. */
  int count() {
    return bounds.length + 1;
  }

  /** The largest number of a class; of the last one there is none. */
  long bound(int index) {
    return bounds[index];
  }

  /** The bounds, ascending. */
  long[] bounds() {
    return bounds.clone();
  }

  /** The class of a number; negative ones count as 0. */
  int indexOf(long number) {
    long known = Math.max(0, number);
    int index = firstByBits[Long.SIZE - Long.numberOfLeadingZeros(known)];
    while (index < bounds.length && known > bounds[index]) {
      index++;
    }
    return index;
  }
}
