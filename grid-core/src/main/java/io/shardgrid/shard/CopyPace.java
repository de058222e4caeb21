package io.shardgrid.shard;

import io.shardgrid.key.Latency;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How fast a node fills learners, over all its shards: a token bucket of bytes, smaller while the
 * node's operations take long. Thread-safe.
 *
 * <p>What was allowed and not used is kept for a tenth of a second.
 */
public final class CopyPace {
  /*
   * Twice a second the slowest hundredth of the operations since the last time is looked at: above
   * the limit the pace is halved, down to a floor, so that a copy goes on even where operations are
   * slow for another reason; below it a share of the full pace is given back. As in TCP, halving is
   * fast and growth is slow: from the floor to the full pace takes ten seconds.
   */

  private static final double BURST_SECONDS = 0.1;
  private static final long INTERVAL_NANOS = 500_000_000;
  private static final int FLOOR_SHARE = 16;
  private static final int GROWTH_SHARE = 20;
  private static final int SAMPLES_MIN = 20;

  private final ServiceTimes times = new ServiceTimes();
  private final long latencyMaxNanos;
  private double fullPace;
  private double bytesPerSecond;
  private double allowance;
  private long refilledNanos;
  private long adaptedNanos;
  private boolean isStarted;
  private boolean isAdapting;
  private volatile Latency latency = Latency.UNKNOWN;

  /** A pace of so many bytes a second, more than 0, whatever operations take. */
  public CopyPace(long bytesPerSecond) {
    this(bytesPerSecond, null);
  }

  /**
   * A pace of so many bytes a second, more than 0.
   *
   * @param latencyMax what 99 of 100 operations should take at most; null if that does not matter
   */
  public CopyPace(long bytesPerSecond, @Nullable Duration latencyMax) {
    latencyMaxNanos = latencyMax == null ? Long.MAX_VALUE : latencyMax.toNanos();
    set(bytesPerSecond);
  }

  /** Goes on at this pace. */
  public synchronized void set(long newBytesPerSecond) {
    if (newBytesPerSecond <= 0) {
      throw new IllegalArgumentException("no pace: bytesPerSecond=" + newBytesPerSecond);
    }
    fullPace = newBytesPerSecond;
    bytesPerSecond = newBytesPerSecond;
  }

  /** Bytes a second. */
  public synchronized long bytesPerSecond() {
    return (long) bytesPerSecond;
  }

  /** An operation took so long from its arrival to its answer. */
  public void served(long nanos) {
    times.add(nanos);
  }

  /** How long the operations of the last half second took. */
  public Latency latency() {
    return latency;
  }

  /** Makes the pace fit what operations took; to be called several times a second. */
  public void adapt(long nowNanos) {
    if (!isAdaptationDue(nowNanos)) {
      return;
    }
    Latency taken = times.take(SAMPLES_MIN);
    latency = taken;
    synchronized (this) {
      bytesPerSecond =
          taken.slowNanos() > latencyMaxNanos
              ? Math.max(fullPace / FLOOR_SHARE, bytesPerSecond / 2)
              : Math.min(fullPace, bytesPerSecond + fullPace / GROWTH_SHARE);
      bytesPerSecond = Math.max(1, bytesPerSecond);
    }
  }

  private synchronized boolean isAdaptationDue(long nowNanos) {
    boolean isDue = !isAdapting || nowNanos - adaptedNanos >= INTERVAL_NANOS;
    if (isDue) {
      isAdapting = true;
      adaptedNanos = nowNanos;
    }
    return isDue;
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
