package io.shardgrid.node.drill;

import java.util.List;

/**
 * What the operations that were due in a span of time came to. Immutable.
 *
 * @param failures those of the operations that ended in an error
 * @param sortedNanos latencies of the others, ascending
 */
record Figures(int operations, int failures, double seconds, long[] sortedNanos) {

  private static final double NANOS_PER_SECOND = 1e9;

  /** Takes those that were due from one moment on and before another. */
  static Figures of(List<Sample> samples, long fromNanos, long toNanos) {
    List<Sample> due =
        samples.stream()
            .filter(one -> one.scheduledNanos() - fromNanos >= 0)
            .filter(one -> one.scheduledNanos() - toNanos < 0)
            .toList();
    long[] done =
        due.stream().filter(Sample::isDone).mapToLong(Sample::latencyNanos).sorted().toArray();
    double seconds = (toNanos - fromNanos) / NANOS_PER_SECOND;
    return new Figures(due.size(), due.size() - done.length, seconds, done);
  }

  /** The least latency that so many of a hundred operations did not exceed; 0 if there are none. */
  long percentileNanos(double percent) {
    if (sortedNanos.length == 0) {
      return 0;
    }
    int rank = (int) Math.ceil(percent / 100 * sortedNanos.length);
    return sortedNanos[Math.max(1, rank) - 1];
  }

  /** Operations that ended well, a second. */
  double doneEachSecond() {
    return seconds == 0 ? 0 : sortedNanos.length / seconds;
  }
}
