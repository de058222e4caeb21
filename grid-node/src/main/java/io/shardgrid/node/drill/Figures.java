package io.shardgrid.node.drill;

import io.shardgrid.node.cli.Screen;
import java.util.List;
import java.util.Locale;

/**
 * What the operations that were due in a span of time came to. Immutable.
 *
 * @param failures those of the operations that ended in an error
 * @param sortedNanos latencies of the others, ascending
 */
record Figures(int operations, int failures, double seconds, long[] sortedNanos) {

  private static final String FORM = "  %-8s %9s %9s %9s %9s %9s %9s %9s %9s";
  private static final double NANOS_PER_SECOND = 1e9;
  private static final double NANOS_PER_MILLI = 1e6;

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

  /** Share of the operations that ended in an error, in percent. */
  double failedPercent() {
    return operations == 0 ? 0 : 100.0 * failures / operations;
  }

  /** The heads of the columns of {@link #row}. */
  static String heads() {
    return FORM.formatted(
        "", "seconds", "ops", "QPS", "p50 ms", "p95 ms", "p99 ms", "max ms", "errors");
  }

  /** A line of the table. */
  String row(String name) {
    return FORM.formatted(
        name,
        decimal("%.1f", seconds),
        Screen.grouped(operations),
        decimal("%,.0f", doneEachSecond()),
        millis(50),
        millis(95),
        millis(99),
        millis(100),
        decimal("%.2f", failedPercent()) + "%");
  }

  private String millis(double percent) {
    return decimal("%.1f", percentileNanos(percent) / NANOS_PER_MILLI);
  }

  private static String decimal(String form, double number) {
    return String.format(Locale.ROOT, form, number);
  }
}
