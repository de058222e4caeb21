package io.shardgrid.sight;

import io.shardgrid.health.HealthReport.Finding;
import io.shardgrid.health.HealthReport.Mark;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** What a cluster costs: bytes, processor time, and how full it is. Without state. */
final class Efficiency {

  private static final int OPERATIONS_MIN = 1_000;
  private static final double FULL = 0.8;

  private Efficiency() {}

  static List<Finding> findings(ClusterSight sight) {
    List<NodeSight> nodes =
        sight.members().stream().map(ClusterSight.Seen::sight).filter(Objects::nonNull).toList();
    List<Finding> findings = new ArrayList<>();
    addBytes(nodes, findings);
    addProcessor(nodes, findings);
    long reserved = nodes.stream().mapToLong(node -> node.holds().reservedBytes()).sum();
    long bytesMax = nodes.stream().mapToLong(node -> node.holds().bytesMax()).sum();
    double used = bytesMax == 0 ? 0 : (double) reserved / bytesMax;
    findings.add(
        new Finding(
            used > FULL ? Mark.CONCERN : Mark.FIGURE,
            "memory in use",
            Wording.percent(used),
            "Taken for data: bytes=%s, of=%s"
                .formatted(Wording.bytes(reserved), Wording.bytes(bytesMax))));
    return findings;
  }

  private static void addBytes(List<NodeSight> nodes, List<Finding> findings) {
    long entries = nodes.stream().mapToLong(node -> node.holds().heldEntries()).sum();
    if (entries == 0) {
      findings.add(Finding.unknown("bytes for an entry", "There are no entries"));
      return;
    }
    long live = nodes.stream().mapToLong(node -> node.holds().heldBytes()).sum();
    long reserved = nodes.stream().mapToLong(node -> node.holds().reservedBytes()).sum();
    findings.add(
        new Finding(
            Mark.FIGURE,
            "bytes for an entry",
            "%.0f B, %.0f B with all overhead"
                .formatted((double) live / entries, (double) reserved / entries),
            "Of each copy: entries=%d, live=%s, taken=%s"
                .formatted(entries, Wording.bytes(live), Wording.bytes(reserved))));
  }

  private static void addProcessor(List<NodeSight> nodes, List<Finding> findings) {
    long operations = nodes.stream().mapToLong(node -> node.effort().operations()).sum();
    long cpuNanos = nodes.stream().mapToLong(node -> node.effort().cpuNanos()).sum();
    boolean isMeasured = nodes.stream().allMatch(node -> node.effort().millis() > 0);
    if (!isMeasured || nodes.isEmpty()) {
      findings.add(
          Finding.unknown("processor", "Not measured yet: nodes need ten seconds for that"));
      return;
    }
    double busiest = nodes.stream().mapToDouble(node -> node.effort().busy()).max().orElse(0);
    findings.add(
        new Finding(
            busiest > FULL ? Mark.CONCERN : Mark.FIGURE,
            "processor",
            Wording.percent(busiest) + " on the busiest node",
            "Of its machine, by the process of the node, within a minute at most"));
    findings.add(
        operations < OPERATIONS_MIN
            ? Finding.unknown(
                "processor time for an operation",
                "Too few operations to tell it from the rest: operations=" + operations)
            : new Finding(
                Mark.FIGURE,
                "processor time for an operation",
                String.format(Locale.ROOT, "%.1f us", cpuNanos / 1e3 / operations),
                "All nodes, backups and everything else included: operations=" + operations));
  }
}
