package io.shardgrid.autoscale;

import io.shardgrid.key.StrictSettings;
import java.math.BigDecimal;

/**
 * How far a metric may be from its target before the size changes, as a share of the target, for
 * each direction. Immutable.
 *
 * <p>Compared exactly: with a tolerance of 0.1 a metric at 110 or 90 of 100 is within it, which in
 * binary fractions one of the two would not be.
 *
 * @param up share above the target, 0 to 1000
 * @param down share below the target, 0 to 1000; from 1 on nothing is removed
 */
public record Tolerance(BigDecimal up, BigDecimal down) {

  private static final BigDecimal MAX = BigDecimal.valueOf(1_000);
  private static final int SCALE_MAX = 100;

  /** A tenth in each direction. */
  public static final Tolerance DEFAULT = of(BigDecimal.valueOf(1, 1));

  public Tolerance {
    require("up", up);
    require("down", down);
  }

  /** The same share in each direction. */
  public static Tolerance of(BigDecimal share) {
    return new Tolerance(share, share);
  }

  /** Whether a value is so near its target, above 0, that nothing is changed. */
  boolean covers(BigDecimal value, BigDecimal target) {
    BigDecimal off = value.subtract(target);
    BigDecimal allowed = (off.signum() > 0 ? up : down).multiply(target);
    return off.abs().compareTo(allowed) <= 0;
  }

  /** The same for whole numbers. */
  boolean covers(long value, long target) {
    return covers(BigDecimal.valueOf(value), BigDecimal.valueOf(target));
  }

  private static void require(String direction, BigDecimal share) {
    StrictSettings.require(
        Math.abs(share.scale()) <= SCALE_MAX && share.signum() >= 0 && share.compareTo(MAX) <= 0,
        "grid.autoscale.tolerance." + direction,
        "0 to 1000 with at most 100 decimals",
        share);
  }
}
