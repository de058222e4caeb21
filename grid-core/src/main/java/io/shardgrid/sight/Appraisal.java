package io.shardgrid.sight;

import io.shardgrid.health.HealthReport;
import io.shardgrid.health.HealthReport.Finding;
import io.shardgrid.health.HealthReport.Mark;
import io.shardgrid.health.HealthReport.Quadrant;
import io.shardgrid.health.SecurityFacts;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes a health report of what is known of a cluster. Without state. */
public final class Appraisal {

  /** How many nodes there may be, by the autoscaler's settings. */
  public record Bounds(int nodesMin, int nodesMax) {}

  private Appraisal() {}

  /**
   * The report.
   *
   * @param bounds null if the autoscaler did not answer
   */
  public static HealthReport of(
      Instant at, ClusterSight sight, SecurityFacts security, @Nullable Bounds bounds) {
    return new HealthReport(
        at,
        sight.health(),
        List.of(
            new Quadrant("stability", Stability.findings(at, sight)),
            new Quadrant("efficiency", Efficiency.findings(sight)),
            new Quadrant("security", findings(security)),
            new Quadrant("adaptability", Adaptability.findings(sight, bounds))));
  }

  private static List<Finding> findings(SecurityFacts security) {
    if (security.items().isEmpty()) {
      return List.of(Finding.unknown("protection", "The node tells nothing about it"));
    }
    return security.items().stream()
        .map(
            item ->
                new Finding(
                    switch (item.state()) {
                      case ON, NOT_NEEDED -> Mark.GOOD;
                      case EXPIRING, DEFAULT, OFF -> Mark.CONCERN;
                    },
                    item.name(),
                    Wording.word(item.state()),
                    item.text()))
        .toList();
  }
}
