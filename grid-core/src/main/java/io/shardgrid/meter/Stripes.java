package io.shardgrid.meter;

/**
 * Spreads threads over stripes by their numbers, so that those that run at once mostly write to
 * different cache lines. Stateless.
 */
final class Stripes {

  private static final int COUNT_MAX = 16;

  /** How many there are: a power of two, at least as many as processors, up to 16. */
  static final int COUNT =
      Math.min(
          COUNT_MAX, Integer.highestOneBit(2 * Runtime.getRuntime().availableProcessors() - 1));

  /** Longs at both ends of a stripe, so that no two of them share a cache line. */
  static final int ROOM = 8;

  private Stripes() {}

  /** The stripe of this thread; others may have the same. */
  static int own() {
    return (int) Thread.currentThread().getId() & (COUNT - 1);
  }
}
