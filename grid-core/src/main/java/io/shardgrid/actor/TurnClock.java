package io.shardgrid.actor;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The wall clock for turns that know the monotonic time already: is read now and then, and goes on
 * from there with the monotonic clock, since to read a second clock in each turn costs as much as
 * looking an entry up. Up to 2 ms behind, and late by 50 ms to follow a clock that is set.
 *
 * <p>Thread-safe.
 */
final class TurnClock {

  private static final long RENEW_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final LongSupplier wallClock;
  private volatile Reading last;

  private record Reading(long nanos, long millis) {}

  /**
   * A clock that has not been read yet.
   *
   * @param wallClock milliseconds since 1970
   */
  TurnClock(LongSupplier wallClock) {
    this.wallClock = wallClock;
    this.last = new Reading(Long.MIN_VALUE, 0);
  }

  /** Milliseconds since 1970, at a moment that is just passing by {@code System.nanoTime}. */
  long millis(long nowNanos) {
    Reading reading = last;
    long since = nowNanos - reading.nanos();
    if (since < 0 || since >= RENEW_NANOS) {
      reading = new Reading(nowNanos, wallClock.getAsLong());
      last = reading;
      since = 0;
    }
    return reading.millis() + since / NANOS_PER_MILLI;
  }
}
