package io.shardgrid.autoscale;

import io.shardgrid.key.StrictSettings;
import java.time.Instant;
import java.util.List;

/**
 * What a size that metrics ask for has to go through. Immutable.
 *
 * @param behavior how fast it may change, unless {@code factor} says it
 * @param windows how far to look back
 * @param factor 0, or the multiple of itself that the size may become, by the older rule that knows
 *     nothing else; at most 1000
 */
public record SizeRules(
    Bounds bounds, ScalingBehavior behavior, StabilizationWindows windows, int factor) {

  private static final int FACTOR_MAX = 1_000;

  public SizeRules {
    StrictSettings.require(
        factor >= 0 && factor <= FACTOR_MAX, "grid.autoscale.factor", "0 to " + FACTOR_MAX, factor);
  }

  /** Rules of today. */
  public static SizeRules of(Bounds bounds, ScalingBehavior behavior) {
    return new SizeRules(bounds, behavior, behavior.windows(), 0);
  }

  /** The older rules: windows, and a multiple of the size. */
  public static SizeRules capped(Bounds bounds, StabilizationWindows windows, int factor) {
    return new SizeRules(bounds, ScalingBehavior.DEFAULT, windows, Math.max(1, factor));
  }

  /** The same rules within other bounds. */
  SizeRules within(Bounds others) {
    return new SizeRules(others, behavior, windows, factor);
  }

  /** Limits a size. */
  LimitedSize limited(int current, int desired, List<ScaleEvent> events, Instant now) {
    return factor > 0
        ? LimitedSize.byFactor(current, desired, bounds, factor)
        : LimitedSize.byRate(current, desired, this, events, now);
  }
}
