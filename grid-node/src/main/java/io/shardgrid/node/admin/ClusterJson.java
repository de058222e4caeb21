package io.shardgrid.node.admin;

import io.shardgrid.key.ClusterReport;
import io.shardgrid.key.Epoch;
import io.shardgrid.node.access.GridAccess;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * What {@code GET /cluster} replies, field by field. Immutable.
 *
 * @param node name of the member that answers
 * @param members by name
 * @param placementEpoch the highest epoch of a shard's placement, readable
 * @param lostShards shards whose last copy is gone
 */
record ClusterJson(
    String cluster,
    String node,
    int shards,
    int backups,
    String placementEpoch,
    Totals totals,
    List<Member> members,
    List<Integer> lostShards) {

  private static final double NANOS_PER_MILLI = 1e6;

  /** Sums over the members that answered. */
  record Totals(
      int members,
      int membersAnswering,
      int shards,
      long entries,
      long bytes,
      long reservedBytes) {}

  /**
   * One member.
   *
   * @param operations that its shards have taken since it was started
   * @param middleMillis what half of the operations of the last half second did not exceed; 0 if
   *     there were few
   * @param slowMillis what 99 of 100 operations of the last half second did not exceed; 0 if there
   *     were few
   * @param waitingWrites writes that wait for backups
   */
  record Member(
      String name,
      String id,
      String host,
      Ports ports,
      String zone,
      int weight,
      String standing,
      boolean isAnswering,
      int shards,
      int backups,
      long entries,
      long bytes,
      long reservedBytes,
      long operations,
      double middleMillis,
      double slowMillis,
      long waitingWrites) {}

  /** The ports of a member, 0 where it has none. */
  record Ports(int resp, int http, int peer, int cluster) {}

  static ClusterJson of(GridAccess grid, ClusterReport report) {
    List<Member> members =
        report.members().stream()
            .sorted(
                Comparator.comparing((ClusterReport.MemberReport member) -> member.member().name())
                    .thenComparing(member -> member.member().id()))
            .map(ClusterJson::memberOf)
            .toList();
    return new ClusterJson(
        report.charter().cluster(),
        nameOf(grid, report),
        report.charter().shards(),
        report.charter().backups(),
        Epoch.format(grid.router().epoch()),
        totalsOf(report.members()),
        members,
        report.lostShards().stream().sorted().toList());
  }

  private static Member memberOf(ClusterReport.MemberReport report) {
    var member = report.member();
    return new Member(
        member.name(),
        member.id().toString(),
        member.id().host(),
        new Ports(member.respPort(), member.httpPort(), member.peerPort(), member.id().port()),
        member.zone(),
        member.weight(),
        member.standing().name().toLowerCase(Locale.ROOT),
        report.isAnswering(),
        report.shards(),
        report.backups(),
        report.entries(),
        report.liveBytes(),
        report.reservedBytes(),
        report.work().operations(),
        report.work().latency().middleNanos() / NANOS_PER_MILLI,
        report.work().latency().slowNanos() / NANOS_PER_MILLI,
        report.work().uncommitted());
  }

  private static Totals totalsOf(List<ClusterReport.MemberReport> members) {
    return new Totals(
        members.size(),
        (int) members.stream().filter(ClusterReport.MemberReport::isAnswering).count(),
        members.stream().mapToInt(ClusterReport.MemberReport::shards).sum(),
        members.stream().mapToLong(ClusterReport.MemberReport::entries).sum(),
        members.stream().mapToLong(ClusterReport.MemberReport::liveBytes).sum(),
        members.stream().mapToLong(ClusterReport.MemberReport::reservedBytes).sum());
  }

  private static String nameOf(GridAccess grid, ClusterReport report) {
    return report.members().stream()
        .map(ClusterReport.MemberReport::member)
        .filter(member -> member.id().equals(grid.self()))
        .map(member -> member.name())
        .findFirst()
        .orElse(grid.self().toString());
  }
}
