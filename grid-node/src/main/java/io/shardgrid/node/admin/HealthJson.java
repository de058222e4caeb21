package io.shardgrid.node.admin;

import io.shardgrid.health.Health;
import io.shardgrid.health.HealthReport;
import java.util.List;

/**
 * What {@code GET /health} replies, field by field. Immutable.
 *
 * @param health HEALTHY, REBALANCING, DEGRADED or LOST
 * @param reasons what keeps the cluster from being healthy, the worst first
 */
record HealthJson(String health, List<Reason> reasons) {

  /** One thing: its cause for programs, and what is so for people. */
  record Reason(String cause, String word, String text) {}

  /**
   * What {@code GET /health/report} replies.
   *
   * @param at when, in UTC
   */
  record Report(String at, String health, List<Reason> reasons, List<Quadrant> quadrants) {}

  /** One side of it. */
  record Quadrant(String name, List<Finding> findings) {}

  /** One thing that was found: its mark is good, figure, concern or unknown. */
  record Finding(String mark, String name, String value, String text) {}

  static HealthJson of(Health health) {
    return new HealthJson(health.word().name(), reasonsOf(health));
  }

  static Report of(HealthReport report) {
    return new Report(
        report.at().toString(),
        report.health().word().name(),
        reasonsOf(report.health()),
        report.quadrants().stream()
            .map(
                quadrant ->
                    new Quadrant(
                        quadrant.name(),
                        quadrant.findings().stream()
                            .map(
                                found ->
                                    new Finding(
                                        MigrationsJson.word(found.mark()),
                                        found.name(),
                                        found.value(),
                                        found.text()))
                            .toList()))
            .toList());
  }

  private static List<Reason> reasonsOf(Health health) {
    return health.reasons().stream()
        .map(
            reason ->
                new Reason(
                    MigrationsJson.word(reason.cause()),
                    reason.cause().word().name(),
                    reason.text()))
        .toList();
  }
}
