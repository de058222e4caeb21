package io.shardgrid.node.admin;

import io.shardgrid.key.SteerReport;
import io.shardgrid.node.access.GridAccess;
import java.util.List;

/**
 * The answer to an order about moves.
 *
 * @param refused shards that were named and have nothing that can be cancelled
 */
record SteerJson(List<Integer> cancelled, List<Integer> refused, MigrationsJson migrations) {

  static SteerJson of(GridAccess grid, SteerReport report) {
    return new SteerJson(
        report.cancelled(), report.refused(), MigrationsJson.of(grid, report.report()));
  }
}
