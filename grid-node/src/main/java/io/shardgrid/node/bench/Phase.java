package io.shardgrid.node.bench;

import io.shardgrid.node.cli.Screen;
import io.shardgrid.node.cli.Verdict;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * A span of a measurement: the latencies of the operations that were due in it, from when they were
 * due (so that a stall counts for all that waited for it), to three digits.
 *
 * <p>Thread-safe.
 */
public final class Phase {

  /** A read found nothing, although every key is there. */
  static final String NO_ENTRY = "NoEntry";

  private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(2);
  private static final double NANOS_PER_SECOND = 1e9;
  private static final double NANOS_PER_MILLI = 1e6;
  private static final double NANOS_PER_MICRO = 1e3;
  private static final String FORM = "  %-8s %8s %10s %8s %8s %8s %8s %8s %8s %8s %9s";

  private final String name;
  private final @Nullable Phase whole;
  private final ConcurrentHistogram latency = new ConcurrentHistogram(1, LONGEST_NANOS, 3);
  private final Map<String, LongAdder> failures = new ConcurrentSkipListMap<>();
  private final long fromNanos = System.nanoTime();
  private volatile long toNanos;

  /** Begins now. */
  Phase(String name) {
    this(name, null);
  }

  private Phase(String name, @Nullable Phase whole) {
    this.name = name;
    this.whole = whole;
  }

  /** Begins a part of this one now: what is counted in it is counted in this one, too. */
  Phase part(String name) {
    return new Phase(name, this);
  }

  /** Ends now; what was due before may still be counted. */
  void end() {
    toNanos = System.nanoTime();
  }

  void done(long nanos) {
    if (whole != null) {
      whole.done(nanos);
    }
    latency.recordValue(recordable(nanos));
  }

  /** What a caller of its own counted is counted here, too. */
  void add(Histogram latencies, Phase failed) {
    latency.add(latencies);
    failed.failures.forEach(
        (kind, number) -> failures.computeIfAbsent(kind, any -> new LongAdder()).add(number.sum()));
  }

  /** An empty histogram for latencies in nanoseconds, of the same form as that of a phase. */
  static Histogram histogram() {
    return new Histogram(1, LONGEST_NANOS, 3);
  }

  /** The nearest latency that a histogram can take. */
  static long recordable(long nanos) {
    return Math.min(LONGEST_NANOS, Math.max(1, nanos));
  }

  /** An operation ended with an exception. */
  void failed(Throwable failure) {
    failed(Verdict.unwrapped(failure).getClass().getSimpleName());
  }

  /** An operation ended otherwise than it should. */
  void failed(String kind) {
    if (whole != null) {
      whole.failed(kind);
    }
    failures.computeIfAbsent(kind, any -> new LongAdder()).increment();
  }

  /** Operations that ended otherwise than they should. */
  public long failures() {
    return failures.values().stream().mapToLong(LongAdder::sum).sum();
  }

  /** The same by kind, empty if there are none. */
  public String failureKinds() {
    return failures.isEmpty() ? "" : failures.toString();
  }

  String name() {
    return name;
  }

  /** Operations that ended as they should. */
  public long done() {
    return latency.getTotalCount();
  }

  /** A copy of its latencies, in nanoseconds. */
  Histogram latencies() {
    Histogram copy = histogram();
    copy.add(latency);
    return copy;
  }

  public double seconds() {
    return (toNanos - fromNanos) / NANOS_PER_SECOND;
  }

  /** The latency that so many of a hundred operations did not exceed, in milliseconds. */
  public double millis(double percent) {
    return latency.getValueAtPercentile(percent) / NANOS_PER_MILLI;
  }

  double meanMillis() {
    return latency.getMean() / NANOS_PER_MILLI;
  }

  /** As {@link #millis}, in microseconds. */
  double micros(double percent) {
    return latency.getValueAtPercentile(percent) / NANOS_PER_MICRO;
  }

  /** Operations that took longer than this. */
  long slowerThan(long nanos) {
    return latency.getTotalCount() - latency.getCountBetweenValues(0, nanos);
  }

  /** The heads of the columns of {@link #row}. */
  static String heads() {
    return FORM.formatted(
        "", "seconds", "ops", "ops/s", "mean ms", "p50", "p95", "p99", "p99.9", "max", "errors");
  }

  /** A line of the table. */
  String row() {
    long done = latency.getTotalCount();
    long all = done + failures();
    return FORM.formatted(
        name,
        decimal("%.1f", seconds()),
        Screen.grouped(all),
        decimal("%,.0f", done / seconds()),
        decimal("%.2f", meanMillis()),
        decimal("%.1f", millis(50)),
        decimal("%.1f", millis(95)),
        decimal("%.1f", millis(99)),
        decimal("%.1f", millis(99.9)),
        decimal("%.1f", millis(100)),
        decimal("%.3f%%", all == 0 ? 0 : 100.0 * failures() / all));
  }

  /** The table of several phases. */
  static List<String> table(List<Phase> phases) {
    return Stream.concat(Stream.of(heads()), phases.stream().map(Phase::row)).toList();
  }

  private static String decimal(String form, double number) {
    return String.format(Locale.ROOT, form, number);
  }
}
