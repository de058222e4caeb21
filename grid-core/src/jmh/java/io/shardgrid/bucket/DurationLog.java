package io.shardgrid.bucket;

import org.HdrHistogram.Histogram;

/**
 * Durations of many operations: a histogram of the quick ones, start and end of the slow ones.
 * Bounded: when there are too many slow ones, a higher threshold makes the quickest of them quick.
 * Not thread-safe.
 */
final class DurationLog {

  /** From this on an operation is slow; stop-the-world pauses are longer. */
  static final long SLOW_NANOS_MIN = 5_000;

  private static final long NANOS_MAX = 100_000_000_000L;
  private static final int DIGITS = 3;

  private final Histogram quick = new Histogram(1, NANOS_MAX, DIGITS);
  private final long[] starts;
  private final long[] ends;
  private int slowCount;
  private long slowNanos = SLOW_NANOS_MIN;

  /** Keeps start and end of at most {@code slowMax} operations. */
  DurationLog(int slowMax) {
    this.starts = new long[slowMax];
    this.ends = new long[slowMax];
  }

  /** Records an operation, by the clock of {@link System#nanoTime}. Makes no garbage. */
  void record(long startNanos, long endNanos) {
    if (endNanos - startNanos < slowNanos) {
      quick.recordValue(endNanos - startNanos);
    } else {
      recordSlow(startNanos, endNanos);
    }
  }

  private void recordSlow(long startNanos, long endNanos) {
    while (slowCount == starts.length) {
      raiseThreshold();
    }
    if (endNanos - startNanos < slowNanos) {
      quick.recordValue(endNanos - startNanos);
    } else {
      starts[slowCount] = startNanos;
      ends[slowCount] = endNanos;
      slowCount++;
    }
  }

  private void raiseThreshold() {
    slowNanos *= 2;
    int kept = 0;
    for (int i = 0; i < slowCount; i++) {
      if (ends[i] - starts[i] < slowNanos) {
        quick.recordValue(ends[i] - starts[i]);
      } else {
        starts[kept] = starts[i];
        ends[kept] = ends[i];
        kept++;
      }
    }
    slowCount = kept;
  }

  long thresholdNanos() {
    return slowNanos;
  }

  /** The durations of all operations. */
  Histogram all() {
    Histogram all = quick.copy();
    for (int i = 0; i < slowCount; i++) {
      all.recordValue(ends[i] - starts[i]);
    }
    return all;
  }

  /** The durations of those operations that no pause touches. */
  Histogram undisturbed(Pauses pauses, long toleranceNanos) {
    Histogram undisturbed = quick.copy();
    for (int i = 0; i < slowCount; i++) {
      if (!pauses.touch(starts[i], ends[i], toleranceNanos)) {
        undisturbed.recordValue(ends[i] - starts[i]);
      }
    }
    return undisturbed;
  }

  /**
   * The longest operation when the pauses in it are taken out of its duration. Unlike {@link
   * #undisturbed} it leaves no operation out: a long one is likely to be met by a pause.
   */
  long longestNetNanos(Pauses pauses) {
    long longest = quick.getMaxValue();
    for (int i = 0; i < slowCount; i++) {
      long net = ends[i] - starts[i] - pauses.overlapNanos(starts[i], ends[i]);
      longest = Math.max(longest, net);
    }
    return longest;
  }
}
