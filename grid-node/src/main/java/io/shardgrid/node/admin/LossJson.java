package io.shardgrid.node.admin;

import io.shardgrid.key.Epoch;
import io.shardgrid.key.LossReport;
import io.shardgrid.key.LossReport.OldCopy;
import io.shardgrid.node.access.GridAccess;
import java.util.List;

/**
 * The answer to the acceptance of a loss.
 *
 * @param refused shards that may not begin anew yet: ask again
 */
record LossJson(List<Shard> begun, List<Integer> refused) {

  /**
   * A shard that begins anew.
   *
   * @param node name of the member that has it
   * @param copy whether it begins with what that member had kept, else empty
   * @param seat the seat of that copy, readable; empty if there is none
   * @param sequence number of the last write in that copy
   */
  record Shard(int shard, String node, boolean copy, String seat, long sequence) {}

  static LossJson of(GridAccess grid, LossReport report) {
    return new LossJson(
        report.begun().stream().map(one -> shardOf(grid, one)).toList(), report.refused());
  }

  private static Shard shardOf(GridAccess grid, LossReport.Beginning one) {
    OldCopy copy = one.copy();
    String name = MemberNames.of(grid).nameOf(one.node());
    return copy == null
        ? new Shard(one.shard(), name, false, "", 0)
        : new Shard(one.shard(), name, true, Epoch.format(copy.seat()), copy.sequence());
  }
}
