package io.shardgrid.autoscale;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * How far to look back before the size changes: it grows to what was always recommended within the
 * window up, and shrinks to what was ever recommended within the window down. Immutable.
 *
 * @param up 0 to 7 days
 * @param down 0 to 7 days
 */
public record StabilizationWindows(Duration up, Duration down) {
  /*
   * Source: kubernetes/kubernetes, pkg/controller/podautoscaler/horizontal.go
   * (stabilizeRecommendationWithBehaviors).
   */

  /** No looking back. */
  public static final StabilizationWindows NONE =
      new StabilizationWindows(Duration.ZERO, Duration.ZERO);

  public StabilizationWindows {
    ScalingRules.requireTime("grid.autoscale.stabilization.up", up);
    ScalingRules.requireTime("grid.autoscale.stabilization.down", down);
  }

  /**
   * The size after a look back.
   *
   * @param current nodes there are
   * @param desired nodes recommended now
   * @param history what was recommended before
   */
  public int stabilized(int current, int desired, List<Recommendation> history, Instant now) {
    int lowest = desired;
    int highest = desired;
    for (Recommendation past : history) {
      if (past.isYoungerThan(up, now)) {
        lowest = Math.min(lowest, past.nodes());
      }
      if (past.isYoungerThan(down, now)) {
        highest = Math.max(highest, past.nodes());
      }
    }
    return Math.min(Math.max(current, lowest), highest);
  }
}
