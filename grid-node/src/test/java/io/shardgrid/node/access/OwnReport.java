package io.shardgrid.node.access;

import io.shardgrid.key.Charter;
import io.shardgrid.key.ClusterReport;
import io.shardgrid.key.Latency;
import io.shardgrid.key.MemberView;
import io.shardgrid.key.NodeId;
import java.util.List;

/** What a cluster says of itself in which one member has all shards. Without state. */
final class OwnReport {

  private OwnReport() {}

  static ClusterReport of(Charter charter, List<MemberView> members, NodeId self, long entries) {
    List<ClusterReport.MemberReport> reports =
        members.stream().map(member -> report(charter, member, self, entries)).toList();
    return new ClusterReport(charter, reports, List.of());
  }

  private static ClusterReport.MemberReport report(
      Charter charter, MemberView member, NodeId self, long entries) {
    boolean isSelf = member.id().equals(self);
    return new ClusterReport.MemberReport(
        member,
        isSelf,
        isSelf ? charter.shards() : 0,
        0,
        isSelf ? entries : 0,
        isSelf ? 100 * entries : 0,
        isSelf ? 4096 : 0,
        new ClusterReport.Work(
            isSelf ? 1234 : 0, isSelf ? new Latency(1_400_000, 5_600_000) : Latency.UNKNOWN, 0));
  }
}
