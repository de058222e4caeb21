package io.shardgrid.sight;

import io.shardgrid.health.Chronicle;
import io.shardgrid.health.HealthReport.Finding;
import io.shardgrid.health.HealthReport.Mark;
import io.shardgrid.key.MigrationReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a cluster can grow to, and how fast nodes come and go. Without state. */
final class Adaptability {

  private Adaptability() {}

  static List<Finding> findings(ClusterSight sight, Appraisal.@Nullable Bounds bounds) {
    List<NodeSight> nodes =
        sight.members().stream().map(ClusterSight.Seen::sight).filter(Objects::nonNull).toList();
    List<Finding> findings = new ArrayList<>();
    addRoom(nodes, findings);
    int members = sight.members().size();
    findings.add(
        bounds == null
            ? Finding.unknown("nodes to come", "The autoscaler did not answer")
            : new Finding(
                members < bounds.nodesMax() ? Mark.GOOD : Mark.CONCERN,
                "nodes to come",
                String.valueOf(Math.max(0, bounds.nodesMax() - members)),
                "By grid.autoscale.nodes-max: nodes=%d, max=%d"
                    .formatted(members, bounds.nodesMax())));
    addJoin(sight.measured(), findings);
    addDrain(nodes, sight.moves(), findings);
    return findings;
  }

  private static void addRoom(List<NodeSight> nodes, List<Finding> findings) {
    long all = nodes.stream().mapToLong(node -> node.holds().bytesMax()).sum();
    long largest = nodes.stream().mapToLong(node -> node.holds().bytesMax()).max().orElse(0);
    long taken = nodes.stream().mapToLong(node -> node.holds().reservedBytes()).sum();
    findings.add(
        new Finding(
            Mark.FIGURE,
            "room for data",
            Wording.bytes(Math.max(0, all - taken)),
            "Copies included, on the members that answered: members=" + nodes.size()));
    if (nodes.size() < 2) {
      findings.add(
          new Finding(
              Mark.CONCERN,
              "room with one node lost",
              "none",
              "There is no other node that could hold its data"));
      return;
    }
    long left = all - largest - taken;
    findings.add(
        new Finding(
            left > 0 ? Mark.GOOD : Mark.CONCERN,
            "room with one node lost",
            left > 0 ? Wording.bytes(left) : "none, " + Wording.bytes(-left) + " too few",
            "If all copies are to be made again on the others: taken=%s, of=%s"
                .formatted(Wording.bytes(taken), Wording.bytes(all - largest))));
  }

  private static void addJoin(Chronicle.Summary measured, List<Finding> findings) {
    Chronicle.Span last = null;
    for (Chronicle.Span span : measured.spans()) {
      last = span.kind() == Chronicle.Kind.JOIN ? span : last;
    }
    findings.add(
        last == null
            ? Finding.unknown(
                "time to add a node", "Never measured: none has come since this node joined")
            : new Finding(
                Mark.FIGURE,
                "time to add a node",
                Wording.time(last.duration()),
                "From when it was a member until it had its share, to the second: node="
                    + last.text()));
  }

  private static void addDrain(
      List<NodeSight> nodes, @Nullable MigrationReport moves, List<Finding> findings) {
    if (moves == null || moves.paces().isEmpty()) {
      findings.add(
          Finding.unknown("time to drain a node", "Nobody knows how fast copies may be made"));
      return;
    }
    double seconds = 0;
    for (NodeSight node : nodes) {
      for (MigrationReport.MemberPace pace : moves.paces()) {
        if (pace.node().equals(node.node()) && pace.bytesPerSecond() > 0) {
          seconds = Math.max(seconds, (double) node.holds().heldBytes() / pace.bytesPerSecond());
        }
      }
    }
    findings.add(
        new Finding(
            Mark.FIGURE,
            "time to drain a node",
            Wording.time(Duration.ofMillis((long) (1000 * seconds))) + " at least",
            "Not measured: bytes of the fullest node at the pace that its copies have now"));
  }
}
