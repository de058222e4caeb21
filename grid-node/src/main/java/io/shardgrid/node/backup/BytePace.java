package io.shardgrid.node.backup;

import java.time.Duration;

/**
 * Keeps what is read to so many bytes a second, over all who read. Of time that was left unused, by
 * what is done with the bytes, a second is made up for at most. Thread-safe.
 */
final class BytePace {

  private static final double NANOS = 1e9;
  private static final long MADE_UP_NANOS = 1_000_000_000;

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
    if (!isBegun) {
      freeNanos = nowNanos;
      isBegun = true;
    } else if (freeNanos - nowNanos < -MADE_UP_NANOS) {
      freeNanos = nowNanos - MADE_UP_NANOS;
    }
    freeNanos += (long) (bytes * NANOS / bytesPerSecond);
    return Duration.ofNanos(Math.max(0, freeNanos - nowNanos));
  }
}
