package io.shardgrid.bucket;

import io.shardgrid.bucket.PauseRecording.Recorded;
import io.shardgrid.bucket.Pauses.Pause;
import io.shardgrid.figures.Options;
import java.io.IOException;
import java.util.Map;
import java.util.SplittableRandom;
import org.HdrHistogram.Histogram;

/**
 * Overwrites and reads a large map in this JVM and prints what that costs the collector: the child
 * of {@link CollectorCost}.
 */
final class CollectorRun {

  private static final int FULL_COLLECTIONS = 3;
  private static final long PAUSE_NANOS_MAX = 100_000_000_000L;
  private static final int SLICE = 1_000_000;

  private final int entries;
  private final byte[] key;
  private final byte[] value;
  private final SplittableRandom random = new SplittableRandom(1);

  private CollectorRun(Options options) {
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
                "value-bytes", "100",
                "operations", "60000000"));
    CollectorRun run = new CollectorRun(options);
    Subject subject = Subjects.of(Contender.valueOf(options.text("contender")));
    Subjects.fill(subject, run.entries, run.key.length, run.value.length);
    Figures figures = new Figures();
    run.collectFully(figures);
    run.churn(subject, options.number("operations"), figures);
    figures.put("entries", subject.entries());
    figures.print(System.out);
  }

  private void collectFully(Figures figures) {
    double[] nanos = new double[FULL_COLLECTIONS];
    for (int i = 0; i < FULL_COLLECTIONS; i++) {
      long startNanos = System.nanoTime();
      System.gc();
      nanos[i] = System.nanoTime() - startNanos;
    }
    figures.put("full", Figures.median(nanos));
  }

  private void churn(Subject subject, int operations, Figures figures) throws IOException {
    PauseRecording recording = PauseRecording.start();
    double cpuMillis = CollectorThreads.cpuMillis();
    long startNanos = System.nanoTime();
    long valueBytes = 0;
    for (int done = 0; done < operations; done += SLICE) {
      ClockMark.take();
      valueBytes += churnSlice(subject, Math.min(SLICE, operations - done));
    }
    long endNanos = System.nanoTime();
    figures.put("cpu", (CollectorThreads.cpuMillis() - cpuMillis) * 1e6);
    figures.put("churn", endNanos - startNanos);
    if (valueBytes != (long) value.length * (operations / 2)) {
      throw new IllegalStateException("values are missing: bytes=" + valueBytes);
    }
    summarize(recording.stop(startNanos, endNanos), figures);
  }

  /** Overwrites an entry and reads another, again and again; returns the bytes that were read. */
  private long churnSlice(Subject subject, int operations) {
    long valueBytes = 0;
    for (int i = 0; i < operations / 2; i++) {
      SampleKeys.write(random.nextInt(entries), key);
      subject.put(key, value);
      SampleKeys.write(random.nextInt(entries), key);
      byte[] found = subject.get(key);
      valueBytes += found == null ? 0 : found.length;
    }
    return valueBytes;
  }

  private static void summarize(Recorded recorded, Figures figures) {
    Histogram pauses = new Histogram(1, PAUSE_NANOS_MAX, 3);
    long sumNanos = 0;
    for (Pause pause : recorded.collectorPauses()) {
      pauses.recordValue(pause.nanos());
      sumNanos += pause.nanos();
    }
    figures.put("pauses", pauses.getTotalCount());
    figures.put("pauses.sum", sumNanos);
    figures.put("pauses.mean", pauses.getTotalCount() == 0 ? 0 : pauses.getMean());
    figures.put("pauses.p99", pauses.getValueAtPercentile(99));
    figures.put("pauses.max", pauses.getMaxValue());
  }
}
