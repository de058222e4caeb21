package io.shardgrid.bucket;

import io.shardgrid.bucket.PauseRecording.Recorded;
import io.shardgrid.bucket.Pauses.Pause;
import io.shardgrid.figures.Options;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * Grows one map from nothing in this JVM, timing every put, and prints figures: the child of {@link
 * GrowthPauses}.
 */
final class GrowthRun {

  /*
   * First the code gets warm on maps that are dropped; then the loop runs with the subject; then
   * for as long with a map that keeps nothing, which shows the clock's cost and how often the
   * machine interrupts a thread that does nothing else. A last growth is timed by the CPU time of the thread, which stands while the thread does: it
   * shows what a put itself costs at worst, without pauses and without waiting for a processor.
   * Key and value come from two arrays that are overwritten, so that the loop makes no garbage.
   */
  private static final int SLOW_MAX = 1 << 19;
  private static final int SLICE = 100_000;
  private static final int WARM_ENTRIES_MAX = 500_000;
  private static final int WARM_ROUNDS = 3;
  private static final long TOLERANCE_NANOS = 10_000;
  private static final long AIM_NANOS = 50_000;
  private static final double[] PERCENTILES = {50, 99, 99.9, 99.99};

  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private final int entries;
  private final byte[] key;
  private final byte[] value;

  private GrowthRun(Options options) {
    this.entries = options.number("entries");
    this.key = new byte[options.number("key-bytes")];
    this.value = SampleKeys.value(options.number("value-bytes"));
  }

  public static void main(String[] args) throws IOException {
    Options options =
        Options.parse(
            args,
            Map.of(
                "contender", Contender.BUCKET_MAP.name(),
                "entries", "10000000",
                "key-bytes", "16",
                "value-bytes", "100"));
    GrowthRun run = new GrowthRun(options);
    Contender contender = Contender.valueOf(options.text("contender"));
    run.warm(contender);
    Figures figures = new Figures();
    long nanos = run.measureGrowth(contender, figures);
    run.measureLoop(nanos, figures);
    run.measureCpuTime("loop.cpu", Subjects.nothing(), figures);
    run.measureCpuTime("map.cpu", Subjects.of(contender), figures);
    figures.print(System.out);
  }

  private void warm(Contender contender) {
    int warmEntries = Math.min(entries, WARM_ENTRIES_MAX);
    for (int round = 0; round < WARM_ROUNDS; round++) {
      DurationLog log = new DurationLog(SLOW_MAX);
      grow(Subjects.nothing(), warmEntries, log);
      grow(Subjects.of(contender), warmEntries, log);
      growByCpuTime(Subjects.nothing(), warmEntries, log);
      growByCpuTime(Subjects.of(contender), warmEntries, log);
    }
  }

  private long measureGrowth(Contender contender, Figures figures) throws IOException {
    Subject subject = Subjects.of(contender);
    DurationLog log = new DurationLog(SLOW_MAX);
    System.gc();
    PauseRecording recording = PauseRecording.start();
    long startNanos = System.nanoTime();
    grow(subject, entries, log);
    long endNanos = System.nanoTime();
    Recorded recorded = recording.stop(startNanos, endNanos);
    long nanos = endNanos - startNanos;
    summarize("map", log, recorded, nanos, figures);
    figures.put("map.seconds", nanos / 1e9);
    figures.put("map.entries", subject.entries());
    return nanos;
  }

  private void measureLoop(long nanos, Figures figures) {
    Subject nothing = Subjects.nothing();
    DurationLog log = new DurationLog(SLOW_MAX);
    System.gc();
    long startNanos = System.nanoTime();
    while (System.nanoTime() - startNanos < nanos) {
      growSlice(nothing, 0, SLICE, log);
    }
    percentiles("loop", log.all(), nanos, figures);
  }

  private void measureCpuTime(String prefix, Subject subject, Figures figures) {
    DurationLog log = new DurationLog(SLOW_MAX);
    System.gc();
    long startNanos = threads.getCurrentThreadCpuTime();
    growByCpuTime(subject, entries, log);
    percentiles(prefix, log.all(), threads.getCurrentThreadCpuTime() - startNanos, figures);
  }

  private void grow(Subject subject, int count, DurationLog log) {
    for (int from = 0; from < count; from += SLICE) {
      ClockMark.take();
      growSlice(subject, from, Math.min(count, from + SLICE), log);
    }
  }

  private void growSlice(Subject subject, int from, int to, DurationLog log) {
    for (int number = from; number < to; number++) {
      SampleKeys.write(number, key);
      long startNanos = System.nanoTime();
      subject.put(key, value);
      log.record(startNanos, System.nanoTime());
    }
  }

  private void growByCpuTime(Subject subject, int count, DurationLog log) {
    for (int from = 0; from < count; from += SLICE) {
      growSliceByCpuTime(subject, from, Math.min(count, from + SLICE), log);
    }
  }

  private void growSliceByCpuTime(Subject subject, int from, int to, DurationLog log) {
    for (int number = from; number < to; number++) {
      SampleKeys.write(number, key);
      long startNanos = threads.getCurrentThreadCpuTime();
      subject.put(key, value);
      log.record(startNanos, threads.getCurrentThreadCpuTime());
    }
  }

  private static void summarize(
      String prefix, DurationLog log, Recorded recorded, long nanos, Figures figures) {
    Histogram all = log.all();
    Histogram undisturbed = log.undisturbed(recorded.stops(), TOLERANCE_NANOS);
    percentiles(prefix + ".all", all, nanos, figures);
    percentiles(prefix + ".undisturbed", undisturbed, nanos, figures);
    figures.put(prefix + ".removed", all.getTotalCount() - undisturbed.getTotalCount());
    figures.put(prefix + ".net.max", log.longestNetNanos(recorded.stops()));
    figures.put(prefix + ".threshold", log.thresholdNanos());
    figures.put(prefix + ".stops", recorded.stops().count());
    figures.put(prefix + ".stops.sum", recorded.stops().sumNanos());
    List<Pause> pauses = recorded.collectorPauses();
    figures.put(prefix + ".gc", pauses.size());
    figures.put(prefix + ".gc.sum", pauses.stream().mapToLong(Pause::nanos).sum());
    figures.put(prefix + ".gc.max", pauses.stream().mapToLong(Pause::nanos).max().orElse(0));
  }

  /** Percentiles, and how many took longer than is aimed at in each second of {@code nanos}. */
  private static void percentiles(String prefix, Histogram histogram, long nanos, Figures figures) {
    for (double percentile : PERCENTILES) {
      figures.put(prefix + ".p" + percentile, histogram.getValueAtPercentile(percentile));
    }
    figures.put(prefix + ".max", histogram.getMaxValue());
    long over = histogram.getCountBetweenValues(AIM_NANOS, Long.MAX_VALUE);
    figures.put(prefix + ".over", over / (nanos / 1e9));
  }
}
