package io.shardgrid.shard;

/**
 * How fast a node fills learners, over all its shards: a token bucket of bytes. Thread-safe.
 *
 * <p>What was allowed and not used is kept for a tenth of a second.
 */
public final class CopyPace {

  private static final double BURST_SECONDS = 0.1;

  private double bytesPerSecond;
  private double allowance;
  private long refilledNanos;
  private boolean isStarted;

  /** A pace of so many bytes a second, more than 0. */
  public CopyPace(long bytesPerSecond) {
    set(bytesPerSecond);
  }

  /** Goes on at this pace. */
  public synchronized void set(long newBytesPerSecond) {
    if (newBytesPerSecond <= 0) {
      throw new IllegalArgumentException("no pace: bytesPerSecond=" + newBytesPerSecond);
    }
    bytesPerSecond = newBytesPerSecond;
  }

  /** Bytes a second. */
  public synchronized long bytesPerSecond() {
    return (long) bytesPerSecond;
  }

  /** Whether something may be sent now: one thing, however large. */
  synchronized boolean isOpen(long nowNanos) {
    double passedSeconds = isStarted ? Math.max(0, nowNanos - refilledNanos) / 1e9 : BURST_SECONDS;
    isStarted = true;
    refilledNanos = nowNanos;
    allowance =
        Math.min(bytesPerSecond * BURST_SECONDS, allowance + passedSeconds * bytesPerSecond);
    return allowance > 0;
  }

  /** So many bytes were sent; whoever comes next waits for them. */
  synchronized void sent(long bytes) {
    allowance -= bytes;
  }
}
