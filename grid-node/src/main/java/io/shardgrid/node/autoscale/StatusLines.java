package io.shardgrid.node.autoscale;

import io.shardgrid.node.autoscale.AutoscalePage.Decision;
import io.shardgrid.node.autoscale.AutoscalePage.Metric;
import io.shardgrid.node.autoscale.AutoscalePage.Note;
import io.shardgrid.node.autoscale.AutoscalePage.Order;
import io.shardgrid.node.autoscale.AutoscalePage.Reason;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How the autoscaler is now, for people, in 100 columns. Immutable. */
record StatusLines(AutoscalePage page, ZoneId zone) {

  private static final String LABEL = "  %-9s ";
  private static final String INDENT = " ".repeat(12);
  private static final int CAUSE_WIDTH = 18;
  private static final int NOTES_SHOWN = 5;

  /** One line that says the most. */
  String heading() {
    return WrappedText.line(
        switch (page.mode()) {
          case "off" -> "Autoscaler: off, nothing is decided";
          case "act" -> "Autoscaler on " + page.node() + ": acts, nodes are started and ended";
          default -> "Autoscaler on " + page.node() + ": advises, nothing is started or ended";
        });
  }

  /** All the rest. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    if (!page.mode().equals("off") && !page.inCharge()) {
      lines.addAll(labelled("state", "taking over, it decides nothing yet; ask again in a moment"));
    }
    lines.addAll(
        labelled(
            "bounds",
            "%d to %s; %s now"
                .formatted(
                    page.bounds().min(),
                    Wording.nodes(page.bounds().max()),
                    page.members() == 1 ? "1 member" : page.members() + " members")));
    Order order = page.order();
    lines.addAll(labelled("order", order == null ? "none under way" : text(order)));
    if (!page.decisions().isEmpty()) {
      decided(lines, page.decisions().get(0));
    } else if (page.inCharge()) {
      lines.addAll(labelled("decided", "nothing yet"));
    }
    if (!page.notes().isEmpty()) {
      lines.add("What was done of late:");
      List<Note> notes = page.notes();
      notes
          .subList(Math.max(0, notes.size() - NOTES_SHOWN), notes.size())
          .forEach(note -> lines.addAll(text(note)));
    }
    return lines;
  }

  private void decided(List<String> lines, Decision decision) {
    lines.addAll(
        labelled(
            "decided",
            "%s, %s ago: %s%s"
                .formatted(
                    Wording.time(decision.at(), zone),
                    Wording.span(Duration.between(Instant.parse(decision.at()), page.instant())),
                    Wording.action(decision, page.mode()),
                    decision.times() == 1
                        ? ""
                        : "; the same %d times since %s"
                            .formatted(
                                decision.times(),
                                Wording.timeBeside(decision.at(), decision.since(), zone)))));
    lines.addAll(
        labelled("size", Wording.nodes(decision.nodes()) + "; wanted: " + Wording.size(decision)));
    if (!decision.metrics().isEmpty()) {
      lines.addAll(table(decision.metrics()));
    }
    if (!decision.reasons().isEmpty()) {
      lines.add("Why:");
      decision.reasons().forEach(reason -> lines.addAll(text(reason)));
    }
  }

  private static String text(Order order) {
    return "%d, %s for %s: %d -> %s%s%s"
        .formatted(
            order.number(),
            order.state(),
            Wording.span(Duration.ofMillis(order.ageMillis())),
            order.before(),
            Wording.nodes(order.nodes()),
            order.leaving() == null ? "" : ", " + order.leaving() + " is to go",
            order.text().isEmpty() ? "" : "; " + order.text());
  }

  private static List<String> labelled(String label, String text) {
    return WrappedText.lines(LABEL.formatted(label), INDENT, text);
  }

  static List<String> text(Reason reason) {
    String cause = String.format(Locale.ROOT, "  %-" + CAUSE_WIDTH + "s ", reason.cause());
    return WrappedText.lines(cause, " ".repeat(cause.length()), reason.text());
  }

  private List<String> text(Note note) {
    return WrappedText.lines(
        "  " + Wording.time(note.at(), zone) + "  ", " ".repeat(23), note.text());
  }

  private static List<String> table(List<Metric> metrics) {
    int width = metrics.stream().mapToInt(metric -> metric.name().length()).reduce(6, Math::max);
    String form = "%-" + width + "s  %-11s  %10s  %10s  ";
    List<String> table = new ArrayList<>();
    table.add(form.formatted("METRIC", "KIND", "TARGET", "REPORTED") + "ASKS FOR");
    for (Metric metric : metrics) {
      String cells =
          form.formatted(
              metric.name(),
              metric.kind(),
              Wording.amount(metric, metric.target()),
              metric.reported() == null ? "-" : Wording.amount(metric, metric.reported()));
      table.add(WrappedText.line(cells + Wording.asks(metric)));
    }
    return table;
  }
}
