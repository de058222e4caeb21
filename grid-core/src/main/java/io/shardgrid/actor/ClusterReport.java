package io.shardgrid.actor;

import io.shardgrid.key.Charter;
import io.shardgrid.key.MemberView;
import java.util.List;

/**
 * What the members hold, as far as they answered. Immutable.
 *
 * @param epoch the highest epoch of the placement known to the node that made the report
 * @param lostShards shards whose last copy is gone
 */
public record ClusterReport(
    Charter charter, long epoch, List<Integer> lostShards, List<MemberLoad> members) {

  public ClusterReport {
    lostShards = List.copyOf(lostShards);
    members = List.copyOf(members);
  }

  /**
   * What one member holds.
   *
   * @param isAnswering false if it did not answer in time; the figures are 0 then
   * @param shards shards whose seat it has
   * @param entries entries in these shards
   * @param liveBytes bytes of these entries
   * @param reservedBytes bytes that its tables take
   */
  public record MemberLoad(
      MemberView view,
      boolean isAnswering,
      int shards,
      long entries,
      long liveBytes,
      long reservedBytes) {}
}
