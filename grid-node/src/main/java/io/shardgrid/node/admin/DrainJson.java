package io.shardgrid.node.admin;

import io.shardgrid.key.DrainReport;

/**
 * What {@code POST /drain} replies, field by field. Immutable.
 *
 * @param done whether others have all that the node had, and its process ends
 * @param outcome the same in words, with the reason if not
 * @param shards shards whose primary the node still is
 */
record DrainJson(boolean done, String outcome, int shards, long entries, long bytes) {

  static DrainJson of(DrainReport report) {
    String outcome =
        switch (report.outcome()) {
          case HANDED_OVER -> "handed over";
          case NOBODY_THERE -> "no other member can take anything";
          case UNFINISHED -> "not done in time";
        };
    return new DrainJson(
        report.outcome() == DrainReport.Outcome.HANDED_OVER,
        outcome,
        report.shards(),
        report.entries(),
        report.liveBytes());
  }
}
