package io.shardgrid.node.demo.elastic;

import java.time.Duration;

/**
 * Tells how much of a day has passed. It can be held, so that noon lasts until a slow machine is
 * ready for the afternoon.
 *
 * <p>Thread-safe: one thread holds it and lets it go, others read it.
 */
final class DayClock {

  private final long dayNanos;
  private final long beganNanos;
  private volatile Held held = new Held(0, false, 0);

  /**
   * How long it was held so far.
   *
   * @param beforeNanos in earlier times
   * @param isNow whether it is held
   * @param sinceNanos when that began
   */
  private record Held(long beforeNanos, boolean isNow, long sinceNanos) {

    long nanos(long nowNanos) {
      return isNow ? beforeNanos + Math.max(0, nowNanos - sinceNanos) : beforeNanos;
    }
  }

  DayClock(Duration day, long nowNanos) {
    this.dayNanos = day.toNanos();
    this.beganNanos = nowNanos;
  }

  /** The share of the day that has passed: 1 at its end, and more after it. */
  double share(long nowNanos) {
    return (double) (nowNanos - beganNanos - held.nanos(nowNanos)) / dayNanos;
  }

  /** The day stands still from now on. */
  void hold(long nowNanos) {
    if (!held.isNow()) {
      held = new Held(held.beforeNanos(), true, nowNanos);
    }
  }

  /** It goes on. */
  void release(long nowNanos) {
    held = new Held(held.nanos(nowNanos), false, 0);
  }

  /** How long it has been held, all times together. */
  Duration held(long nowNanos) {
    return Duration.ofNanos(held.nanos(nowNanos));
  }

  /** Real time since it began. */
  Duration passed(long nowNanos) {
    return Duration.ofNanos(nowNanos - beganNanos);
  }
}
