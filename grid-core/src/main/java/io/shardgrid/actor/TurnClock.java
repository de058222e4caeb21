package io.shardgrid.actor;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The wall clock for turns that know the monotonic time already: is read now and then, and goes on
 * from there with the monotonic clock, which saves a second reading in each turn. Up to 2 ms
 * behind, more if a thread stands still between the two readings, and late by 50 ms to follow a
 * clock that is set; never ahead.
 *
 * <p>Thread-safe.
 */
final class TurnClock {

  private static final long RENEW_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final LongSupplier wallClock;
  private final LongSupplier nanoClock;
  private volatile Reading last = new Reading(Long.MIN_VALUE, 0);

  private record Reading(long nanos, long millis) {}

  /**
   * A clock that has not been read yet.
   *
   * @param wallClock milliseconds since 1970
   * @param nanoClock the monotonic clock that turns know
   */
  TurnClock(LongSupplier wallClock, LongSupplier nanoClock) {
    this.wallClock = wallClock;
    this.nanoClock = nanoClock;
  }

  /** Milliseconds since 1970 at a moment that is just passing by the monotonic clock. */
  long millis(long nowNanos) {
    Reading reading = last;
    long since = nowNanos - reading.nanos();
    if (since < 0 || since >= RENEW_NANOS) {
      long millis = wallClock.getAsLong();
      last = new Reading(nanoClock.getAsLong(), millis);
      return millis;
    }
    return reading.millis() + since / NANOS_PER_MILLI;
  }
}
