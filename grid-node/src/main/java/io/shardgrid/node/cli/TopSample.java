package io.shardgrid.node.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What members did between two looks. Immutable.
 *
 * @param nodes by name
 */
record TopSample(String cluster, double seconds, List<Line> nodes) {

  TopSample {
    nodes = List.copyOf(nodes);
  }

  /**
   * One member.
   *
   * @param operationsPerSecond operations that its shards took; below 0 if nobody knows, as of one
   *     that was not there before
   * @param middleMillis what half of the operations of the last half second did not exceed; 0 if
   *     there were few
   * @param slowMillis what 99 of 100 operations of the last half second did not exceed; 0 if there
   *     were few
   */
  record Line(
      String node,
      boolean isAnswering,
      double operationsPerSecond,
      double middleMillis,
      double slowMillis,
      long waitingWrites,
      int shards,
      long entries,
      long bytes) {}

  /** What happened from one page to the next. */
  static TopSample between(NodesPage before, NodesPage after, double seconds) {
    List<Line> lines = new ArrayList<>();
    for (NodesPage.Node node : after.members()) {
      double rate =
          before.members().stream()
              .filter(one -> one.id().equals(node.id()) && one.isAnswering() && node.isAnswering())
              .mapToDouble(one -> Math.max(0, node.operations() - one.operations()) / seconds)
              .findFirst()
              .orElse(-1);
      lines.add(
          new Line(
              node.name(),
              node.isAnswering(),
              rate,
              node.middleMillis(),
              node.slowMillis(),
              node.waitingWrites(),
              node.shards(),
              node.entries(),
              node.bytes()));
    }
    return new TopSample(after.cluster(), seconds, lines);
  }

  /** A table for people. */
  List<String> table() {
    TextTable table =
        new TextTable(1, "NODE", "OPS/S", "P50", "P99", "WAITING", "SHARDS", "ENTRIES", "LIVE");
    double rates = 0;
    for (Line line : nodes) {
      rates += Math.max(0, line.operationsPerSecond());
      if (line.isAnswering()) {
        table.row(
            line.node(),
            line.operationsPerSecond() < 0
                ? "-"
                : Screen.grouped(Math.round(line.operationsPerSecond())),
            millis(line.middleMillis()),
            millis(line.slowMillis()),
            Screen.grouped(line.waitingWrites()),
            line.shards(),
            Screen.grouped(line.entries()),
            Screen.bytes(line.bytes()));
      } else {
        table.row(line.node(), "no answer", "-", "-", "-", "-", "-", "-");
      }
    }
    table.row(
        "total",
        Screen.grouped(Math.round(rates)),
        millis(nodes.stream().mapToDouble(Line::middleMillis).max().orElse(0)),
        millis(nodes.stream().mapToDouble(Line::slowMillis).max().orElse(0)),
        Screen.grouped(nodes.stream().mapToLong(Line::waitingWrites).sum()),
        nodes.stream().mapToInt(Line::shards).sum(),
        Screen.grouped(nodes.stream().mapToLong(Line::entries).sum()),
        Screen.bytes(nodes.stream().mapToLong(Line::bytes).sum()));
    return table.lines();
  }

  private static String millis(double millis) {
    return millis <= 0
        ? "-"
        : String.format(Locale.ROOT, millis < 10 ? "%.2f ms" : "%.1f ms", millis);
  }
}
