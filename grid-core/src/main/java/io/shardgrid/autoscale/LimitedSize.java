package io.shardgrid.autoscale;

import java.time.Instant;
import java.util.List;

/**
 * A size after the limits. Immutable.
 *
 * @param limit what bit
 */
public record LimitedSize(int nodes, SizeLimit limit) {
  /*
   * Source: kubernetes/kubernetes, pkg/controller/podautoscaler/horizontal.go
   * (convertDesiredReplicasWithBehaviorRate, convertDesiredReplicasWithRules).
   */

  private static final long ALWAYS_ALLOWED = 4;

  /**
   * Limits a size by bounds and by rules of how fast it may change.
   *
   * @param current nodes there are
   * @param desired nodes wanted
   * @param events what changed before
   */
  public static LimitedSize byRate(
      int current, int desired, SizeRules rules, List<ScaleEvent> events, Instant now) {
    Bounds bounds = rules.bounds();
    if (desired > current) {
      int limit = RateLimit.up(current, rules.behavior().up(), events, now);
      return limit < bounds.max()
          ? atMost(limit, desired, SizeLimit.RATE_UP)
          : atMost(bounds.max(), desired, SizeLimit.MAX);
    }
    if (desired < current) {
      int limit = RateLimit.down(current, rules.behavior().down(), events, now);
      return limit > bounds.min()
          ? atLeast(limit, desired, SizeLimit.RATE_DOWN)
          : atLeast(bounds.min(), desired, SizeLimit.MIN);
    }
    return new LimitedSize(desired, SizeLimit.NONE);
  }

  /**
   * Limits a size by bounds and by an older rule, that it may become a multiple of what it is, or
   * 4.
   *
   * @param factor the multiple
   */
  public static LimitedSize byFactor(int current, int desired, Bounds bounds, int factor) {
    if (desired < bounds.min()) {
      return new LimitedSize(bounds.min(), SizeLimit.MIN);
    }
    long cap = Math.max((long) factor * current, ALWAYS_ALLOWED);
    return cap < bounds.max()
        ? atMost((int) cap, desired, SizeLimit.RATE_UP)
        : atMost(bounds.max(), desired, SizeLimit.MAX);
  }

  private static LimitedSize atMost(int most, int desired, SizeLimit limit) {
    return desired > most ? new LimitedSize(most, limit) : new LimitedSize(desired, SizeLimit.NONE);
  }

  private static LimitedSize atLeast(int fewest, int desired, SizeLimit limit) {
    return desired < fewest
        ? new LimitedSize(fewest, limit)
        : new LimitedSize(desired, SizeLimit.NONE);
  }
}
