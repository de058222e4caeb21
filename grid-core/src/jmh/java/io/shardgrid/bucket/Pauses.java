package io.shardgrid.bucket;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The times in which all threads of a JVM stood still, in order and without overlap, by the clock
 * of {@link System#nanoTime}. Immutable.
 */
final class Pauses {

  /** From {@code startNanos} to {@code endNanos}, the end not included. */
  record Pause(long startNanos, long endNanos) {
    Pause {
      if (endNanos < startNanos) {
        throw new IllegalArgumentException(
            "a pause ends before it starts: start=%d, end=%d".formatted(startNanos, endNanos));
      }
    }

    long nanos() {
      return endNanos - startNanos;
    }
  }

  private final long[] starts;
  private final long[] ends;
  private final int count;

  private Pauses(long[] starts, long[] ends, int count) {
    this.starts = starts;
    this.ends = ends;
    this.count = count;
  }

  /** Pauses in any order; those that overlap or touch become one. */
  static Pauses of(List<Pause> pauses) {
    List<Pause> sorted = pauses.stream().sorted(Comparator.comparing(Pause::startNanos)).toList();
    long[] starts = new long[sorted.size()];
    long[] ends = new long[sorted.size()];
    int count = 0;
    for (Pause pause : sorted) {
      if (count > 0 && pause.startNanos() <= ends[count - 1]) {
        ends[count - 1] = Math.max(ends[count - 1], pause.endNanos());
      } else {
        starts[count] = pause.startNanos();
        ends[count] = pause.endNanos();
        count++;
      }
    }
    return new Pauses(starts, ends, count);
  }

  int count() {
    return count;
  }

  long sumNanos() {
    return overlapNanos(Long.MIN_VALUE, Long.MAX_VALUE);
  }

  /** How much of the time from {@code startNanos} to {@code endNanos} lies in pauses. */
  long overlapNanos(long startNanos, long endNanos) {
    long overlap = 0;
    for (int i = firstEndingAfter(startNanos); i < count && starts[i] < endNanos; i++) {
      overlap += Math.min(ends[i], endNanos) - Math.max(starts[i], startNanos);
    }
    return overlap;
  }

  /** Whether a pause lies in this time, or nearer to it than the tolerance. */
  boolean touch(long startNanos, long endNanos, long toleranceNanos) {
    int i = firstEndingAfter(startNanos - toleranceNanos);
    return i < count && starts[i] < endNanos + toleranceNanos;
  }

  private int firstEndingAfter(long nanos) {
    int found = Arrays.binarySearch(ends, 0, count, nanos);
    return found >= 0 ? found + 1 : -found - 1;
  }
}
