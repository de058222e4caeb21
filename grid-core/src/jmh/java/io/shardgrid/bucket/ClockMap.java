package io.shardgrid.bucket;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Translates times of one clock into those of another by marks that were taken on both, going
 * straight from mark to mark. Immutable.
 */
final class ClockMap {

  /** The same moment on both clocks. */
  record Mark(long foreignNanos, long nanos) {}

  private final long[] foreign;
  private final long[] own;

  /**
   * A map of marks in any order.
   *
   * @throws IllegalArgumentException if there are fewer than two
   */
  ClockMap(List<Mark> marks) {
    if (marks.size() < 2) {
      throw new IllegalArgumentException("clocks want two marks: marks=" + marks.size());
    }
    List<Mark> sorted = marks.stream().sorted(Comparator.comparing(Mark::foreignNanos)).toList();
    foreign = sorted.stream().mapToLong(Mark::foreignNanos).toArray();
    own = sorted.stream().mapToLong(Mark::nanos).toArray();
  }

  /** What the own clock showed when the foreign one showed this. */
  long nanos(long foreignNanos) {
    int found = Arrays.binarySearch(foreign, foreignNanos);
    int after = found >= 0 ? found : -found - 1;
    int right = Math.min(Math.max(after, 1), foreign.length - 1);
    int left = right - 1;
    long foreignSpan = foreign[right] - foreign[left];
    double rate = foreignSpan == 0 ? 1 : (double) (own[right] - own[left]) / foreignSpan;
    return own[left] + Math.round((foreignNanos - foreign[left]) * rate);
  }
}
