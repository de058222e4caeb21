package io.shardgrid.node.security;

/**
 * A token bucket: so many a second, and a burst. Pure: time is handed in. Not thread-safe.
 *
 * <p>What is taken is never refused; who has taken too much has to wait until the debt is paid.
 */
public final class RateLimit {

  private static final double SECOND_NANOS = 1e9;

  private final double perNano;
  private final double burst;
  private double left;
  private long seenNanos;

  /** Begins full. */
  public RateLimit(int perSecond, int burst, long nowNanos) {
    this.perNano = perSecond / SECOND_NANOS;
    this.burst = burst;
    this.left = burst;
    this.seenNanos = nowNanos;
  }

  /** Takes one; whether it was there. One that was not is owed. */
  public boolean take(long nowNanos) {
    refill(nowNanos);
    left -= 1;
    return left >= 0;
  }

  /** Takes one if it is there. */
  public boolean tryTake(long nowNanos) {
    refill(nowNanos);
    if (left < 1) {
      return false;
    }
    left -= 1;
    return true;
  }

  /** How long until there is one. */
  public long waitNanos(long nowNanos) {
    refill(nowNanos);
    return left >= 1 ? 0 : (long) Math.ceil((1 - left) / perNano);
  }

  private void refill(long nowNanos) {
    left = Math.min(burst, left + (nowNanos - seenNanos) * perNano);
    seenNanos = nowNanos;
  }
}
