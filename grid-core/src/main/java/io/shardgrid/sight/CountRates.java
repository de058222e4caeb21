package io.shardgrid.sight;

import java.util.HashMap;
import java.util.Map;

/**
 * Makes rates of counts that only grow, from one round to the next. Confined to its owner. It
 * remembers the names of the last two rounds, so its owner bounds how many there are.
 */
public final class CountRates {

  private static final double NANOS_PER_SECOND = 1e9;

  private Map<String, Long> before = Map.of();
  private Map<String, Long> now = new HashMap<>();
  private double seconds = 1;
  private long beganNanos;

  /** Begins with nothing known. */
  public CountRates(long nowNanos) {
    this.beganNanos = nowNanos;
  }

  /** A round begins: rates are over the time since the one before. */
  public void begin(long nowNanos) {
    seconds = Math.max(1, nowNanos - beganNanos) / NANOS_PER_SECOND;
    beganNanos = nowNanos;
    before = now;
    now = new HashMap<>();
  }

  /**
   * By how much a count has grown a second since the round before; 0 in the first round that tells
   * it. One that has fallen began anew meanwhile.
   */
  public double perSecond(String name, long count) {
    now.put(name, count);
    Long then = before.get(name);
    if (then == null) {
      return 0;
    }
    return (count < then ? count : count - then) / seconds;
  }
}
