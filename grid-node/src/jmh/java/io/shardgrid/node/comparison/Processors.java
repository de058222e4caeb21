package io.shardgrid.node.comparison;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * How busy processes that do not belong to a measurement keep the machine: a check on its quality.
 * Counts from its making on; reads {@code /proc/stat}, and so is for Linux.
 */
final class Processors {

  /** user, nice, system, irq, softirq of the first line; in hundredths of a second. */
  private static final int[] BUSY_FIELDS = {1, 2, 3, 6, 7};

  private static final double TICKS_PER_SECOND = 100;
  private static final double NANOS_PER_SECOND = 1e9;

  private final long fromNanos = System.nanoTime();
  private final double busyBefore = busySeconds();
  private final double ownBefore = ownSeconds();

  /** Processors that were busy for neither this process nor its children. */
  double others() {
    double seconds = (System.nanoTime() - fromNanos) / NANOS_PER_SECOND;
    double others = busySeconds() - busyBefore - (ownSeconds() - ownBefore);
    return Math.max(0, others / seconds);
  }

  private static double busySeconds() {
    try {
      String[] fields = Files.readAllLines(Path.of("/proc/stat")).get(0).trim().split("\\s+");
      long ticks = 0;
      for (int field : BUSY_FIELDS) {
        ticks += Long.parseLong(fields[field]);
      }
      return ticks / TICKS_PER_SECOND;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static double ownSeconds() {
    ProcessHandle self = ProcessHandle.current();
    return secondsOf(self) + self.descendants().mapToDouble(Processors::secondsOf).sum();
  }

  private static double secondsOf(ProcessHandle process) {
    return process.info().totalCpuDuration().map(Duration::toNanos).orElse(0L) / NANOS_PER_SECOND;
  }
}
