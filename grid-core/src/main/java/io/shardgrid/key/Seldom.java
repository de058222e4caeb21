package io.shardgrid.key;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Lets one log line a minute pass of what strangers can bring about as often as they like, and
 * counts the others. Thread-safe.
 */
public final class Seldom {

  private static final long PAUSE_NANOS = TimeUnit.MINUTES.toNanos(1);
  private static final long NEVER = Long.MIN_VALUE;

  private final AtomicLong lastNanos = new AtomicLong(NEVER);
  private final AtomicLong unsaid = new AtomicLong();

  /**
   * Whether this one is to be said.
   *
   * @return how many there were since the last one that was said, this one included; 0 if it is not
   *     to be said
   */
  public long due(long nowNanos) {
    unsaid.incrementAndGet();
    long last = lastNanos.get();
    boolean isDue = last == NEVER || nowNanos - last >= PAUSE_NANOS;
    return isDue && lastNanos.compareAndSet(last, nowNanos) ? unsaid.getAndSet(0) : 0;
  }
}
