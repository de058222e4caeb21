package io.shardgrid.shard;

import io.shardgrid.key.Latency;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * How long operations took since it was last emptied: counts in 160 classes, four to each doubling,
 * so that what it says is a fifth too much at most. Thread-safe; what is counted while it is being
 * emptied may be missed.
 */
final class ServiceTimes {

  private static final int STEPS_LOG2 = 2;
  private static final int CLASSES = 160;

  /** Times below have the first class. */
  private static final int SMALLEST_LOG2 = 10;

  private final AtomicIntegerArray counts = new AtomicIntegerArray(CLASSES);

  void add(long nanos) {
    counts.getAndIncrement(classOf(nanos));
  }

  /**
   * Empties it.
   *
   * @param samplesMin with fewer than these nothing can be said
   */
  Latency take(int samplesMin) {
    int[] taken = new int[CLASSES];
    long all = 0;
    for (int i = 0; i < CLASSES; i++) {
      taken[i] = counts.getAndSet(i, 0);
      all += taken[i];
    }
    return all < samplesMin
        ? Latency.UNKNOWN
        : new Latency(boundBelow(taken, all / 2), boundBelow(taken, all / 100));
  }

  /** The time that all but so many did not exceed, in nanoseconds. */
  private static long boundBelow(int[] taken, long above) {
    long left = above;
    int last = CLASSES - 1;
    while (last > 0 && left >= taken[last]) {
      left -= taken[last];
      last--;
    }
    return upperBound(last);
  }

  private static int classOf(long nanos) {
    if (nanos < 1L << SMALLEST_LOG2) {
      return 0;
    }
    int log2 = 63 - Long.numberOfLeadingZeros(nanos);
    int step = (int) (nanos >>> (log2 - STEPS_LOG2)) & ((1 << STEPS_LOG2) - 1);
    return Math.min(CLASSES - 1, ((log2 - SMALLEST_LOG2) << STEPS_LOG2) + step + 1);
  }

  private static long upperBound(int index) {
    if (index == 0) {
      return 1L << SMALLEST_LOG2;
    }
    int log2 = ((index - 1) >> STEPS_LOG2) + SMALLEST_LOG2;
    int step = (index - 1) & ((1 << STEPS_LOG2) - 1);
    return (1L << log2) + ((step + 1L) << (log2 - STEPS_LOG2));
  }
}
