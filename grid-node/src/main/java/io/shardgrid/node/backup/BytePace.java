package io.shardgrid.node.backup;

import java.time.Duration;

/**
 * Keeps what is read to so many bytes a second, over all who read. Time that was left unused is not
 * made up for. Thread-safe.
 */
final class BytePace {

  private static final double NANOS = 1e9;

  private final long bytesPerSecond;
  private long freeNanos;
  private boolean isBegun;

  /**
   * A pace.
   *
   * @param bytesPerSecond 0 for no limit
   */
  BytePace(long bytesPerSecond) {
    this.bytesPerSecond = bytesPerSecond;
  }

  /** So many bytes were read: how long whoever read them has to wait before the next. */
  synchronized Duration read(long bytes, long nowNanos) {
    if (bytesPerSecond == 0) {
      return Duration.ZERO;
    }
    if (!isBegun || freeNanos - nowNanos < 0) {
      freeNanos = nowNanos;
      isBegun = true;
    }
    freeNanos += (long) (bytes * NANOS / bytesPerSecond);
    return Duration.ofNanos(freeNanos - nowNanos);
  }
}
