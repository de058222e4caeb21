package io.shardgrid.node.demo.report;

import io.shardgrid.node.cli.Screen;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A day as text, on one screen. Stateless. */
public final class DayText {

  private DayText() {}

  /** The lines. */
  public static List<String> lines(DayFacts facts) {
    DayFacts.Totals totals = facts.totals();
    DayFacts.Latency latency = totals.latency();
    DayFacts.Audit audit = facts.audit();
    DayFacts.Setup setup = facts.setup();
    List<String> lines = new ArrayList<>();
    lines.add("A grid that sizes itself: " + sizes(facts) + " nodes");
    lines.add(
        row(
            "load",
            "%s to %s operations/s in %s minutes, %s operations/s wanted of each node"
                .formatted(
                    Screen.grouped(setup.night()),
                    Screen.grouped(setup.peak()),
                    Words.clock(facts.length()),
                    Screen.grouped(setup.targetEach()))));
    lines.add(
        row(
            "nodes",
            "%d after %s, %d again after %s"
                .formatted(
                    setup.nodesMax(),
                    Words.clock(facts.firstWith(setup.nodesMax())),
                    setup.nodesMin(),
                    Words.clock(facts.lastAbove(setup.nodesMin())))));
    lines.add(
        row(
            "operations",
            "%s, failed %s %s"
                .formatted(
                    Screen.grouped(totals.operations()),
                    Screen.grouped(totals.failed()),
                    totals.failures())));
    lines.add(
        row(
            "latency",
            "p50 %s, p99 %s, p99.9 %s, longest %s"
                .formatted(
                    Words.millis(latency.half()),
                    Words.millis(latency.of99()),
                    Words.millis(latency.of999()),
                    Words.millis(latency.longest()))));
    lines.add(
        row(
            "verified",
            "%s: %s towns, %s counters, %s acknowledged writes; %d wrong"
                .formatted(
                    Words.verified(audit),
                    Screen.grouped(audit.towns()),
                    Screen.grouped(audit.counters()),
                    Screen.grouped(audit.writes()),
                    audit.wrong())));
    lines.add(row("moved", Words.bytes(totals.copiedBytes()) + " between nodes"));
    lines.addAll(decisions(facts));
    lines.add(facts.isGood() ? "Everything held." : "Not everything held:");
    facts.flaws().forEach(flaw -> lines.add("  " + flaw));
    return lines;
  }

  private static List<String> decisions(DayFacts facts) {
    List<String> lines = new ArrayList<>();
    for (Change change : facts.changes()) {
      lines.add(
          "  %2d  %5s  %s; %s; moved %s"
              .formatted(
                  change.number(),
                  Words.clock(change.at()),
                  what(change),
                  took(change),
                  Words.bytes(change.outcome().copiedBytes())));
      lines.add("             " + why(change));
    }
    return lines;
  }

  /** What is to change. */
  public static String what(Change change) {
    return ascii(Words.what(change));
  }

  /** Why. */
  public static String why(Change change) {
    return ascii(Words.why(change));
  }

  /** What became of it. */
  public static String took(Change change) {
    return String.join(", ", Words.took(change));
  }

  private static String row(String head, String text) {
    return String.format(Locale.ROOT, "  %-11s %s", head, text).stripTrailing();
  }

  private static String sizes(DayFacts facts) {
    return ascii(Words.path(facts));
  }

  /** Terminals and files may know no more. */
  private static String ascii(String text) {
    return text.replace("\u2192", "->").replace("\u00d7", "x").replace("\u00f7", "/");
  }
}
