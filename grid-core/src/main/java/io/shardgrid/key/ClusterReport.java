package io.shardgrid.key;

import java.util.List;

/**
 * What a cluster holds and where, as its members said within one question. Immutable.
 *
 * @param lostShards numbers of the shards whose last copy is gone
 */
public record ClusterReport(Charter charter, List<MemberReport> members, List<Integer> lostShards) {

  public ClusterReport {
    members = List.copyOf(members);
    lostShards = List.copyOf(lostShards);
  }

  /**
   * What one member holds.
   *
   * @param isAnswering whether it said so itself; if not, the numbers are 0
   * @param shards shards whose primary it is
   * @param backups shards of which it keeps a backup
   * @param entries entries of the shards whose primary it is
   * @param liveBytes bytes of these entries
   * @param reservedBytes bytes that the member has taken for data
   * @param work what it does
   */
  public record MemberReport(
      MemberView member,
      boolean isAnswering,
      int shards,
      int backups,
      long entries,
      long liveBytes,
      long reservedBytes,
      Work work) {}

  /**
   * What one member does.
   *
   * @param operations that its shards have taken since it was started
   * @param latency how long the operations of the last half second took
   * @param uncommitted writes that wait for backups
   */
  public record Work(long operations, Latency latency, long uncommitted) {
    /** Of a member that says nothing. */
    public static final Work UNKNOWN = new Work(0, Latency.UNKNOWN, 0);
  }
}
