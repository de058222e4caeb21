package io.shardgrid.node.demo.report;

import io.shardgrid.node.chart.StripChart;
import io.shardgrid.node.cli.Screen;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * A day as a page that stands alone: one file without scripts and without anything from elsewhere,
 * for screens of any width, light or dark, and for paper. Stateless.
 */
public final class DayPage {

  /** The chart is drawn twice, and the style sheet shows the one that suits. */
  private static final int WIDE = 960;

  private static final int NARROW = 420;
  private static final String TITLE = "A grid that sizes itself: ";
  private static final String STYLE = "page.css";
  private static final DateTimeFormatter WHEN =
      DateTimeFormatter.ofPattern("d MMMM yyyy, HH:mm", Locale.ENGLISH);

  private DayPage() {}

  /**
   * The page.
   *
   * @param zone in which its times are told
   */
  public static String of(DayFacts facts, ZoneId zone) {
    Html html = new Html();
    html.markup("<!DOCTYPE html>");
    html.markup("<html lang=\"en\" xmlns=\"http://www.w3.org/1999/xhtml\">");
    html.markup("<head><meta charset=\"utf-8\"/>");
    html.markup("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>");
    html.markup("<meta name=\"color-scheme\" content=\"light dark\"/>");
    html.element("title", "", title(facts) + " \u00b7 Shardgrid");
    html.markup("<style>").markup(style()).markup(StripChart.style()).markup("</style></head>");
    html.begin("body", "").begin("main", "");
    head(html, facts, zone);
    tiles(html, facts);
    chart(html, facts);
    decisions(html, facts);
    explanation(html, facts);
    settings(html, facts);
    foot(html);
    html.end().end();
    return html.markup("</html>").page();
  }

  private static String title(DayFacts facts) {
    return TITLE + Words.path(facts) + " nodes";
  }

  private static void head(Html html, DayFacts facts, ZoneId zone) {
    html.begin("header", "");
    html.element("p", "brand", "Shardgrid");
    html.begin("h1", "").text(TITLE).element("span", "path", Words.path(facts) + " nodes").end();
    html.element(
        "p",
        "lead",
        "A day of load in %s, from %s to %s operations a second. Nobody started or stopped a node: the grid did."
            .formatted(
                length(facts),
                Screen.grouped(facts.setup().night()),
                Screen.grouped(facts.setup().peak())));
    html.element(
        "p",
        "when",
        WHEN.format(facts.began().atZone(zone)) + " \u00b7 " + facts.setup().machine());
    if (facts.isGood()) {
      html.begin("p", "verdict good");
      html.element("strong", "", "Everything held.");
      html.text(
          " It grew to %d nodes and shrank to %d, no operation failed, and all data is as it was written."
              .formatted(facts.setup().nodesMax(), facts.setup().nodesMin()));
      html.end();
    } else {
      html.begin("div", "verdict bad");
      html.element("strong", "", "Not everything held.");
      html.begin("ul", "");
      facts.flaws().forEach(flaw -> html.element("li", "", flaw));
      html.end().end();
    }
    html.end();
  }

  private static String length(DayFacts facts) {
    return Words.clock(facts.length()) + " minutes";
  }

  private static void tiles(Html html, DayFacts facts) {
    DayFacts.Setup setup = facts.setup();
    DayFacts.Totals totals = facts.totals();
    DayFacts.Latency latency = totals.latency();
    DayFacts.Audit audit = facts.audit();
    html.begin("section", "tiles");
    tile(
        html,
        "Nodes",
        Words.path(facts),
        "%d of them after %s, %d again after %s"
            .formatted(
                setup.nodesMax(),
                Words.clock(facts.firstWith(setup.nodesMax())),
                setup.nodesMin(),
                Words.clock(facts.lastAbove(setup.nodesMin()))));
    tile(
        html,
        "Operations",
        Screen.grouped(totals.operations()),
        "up to %s a second".formatted(Screen.grouped(setup.peak())));
    tile(
        html,
        "Failed",
        Screen.grouped(totals.failed()),
        totals.failed() == 0 ? "not one" : totals.failures());
    tile(
        html,
        "p99 latency",
        Words.millis(latency.of99()),
        "p50 %s, p99.9 %s, longest %s"
            .formatted(
                Words.millis(latency.half()),
                Words.millis(latency.of999()),
                Words.millis(latency.longest())));
    tile(
        html,
        "Data verified",
        Words.verified(audit),
        "%s towns and %s counters, %s writes"
            .formatted(
                Screen.grouped(audit.towns()),
                Screen.grouped(audit.counters()),
                Screen.grouped(audit.writes())));
    tile(
        html,
        "Data moved",
        Words.bytes(totals.copiedBytes()),
        "between nodes, by %d decisions".formatted(facts.changes().size()));
    html.end();
  }

  private static void tile(Html html, String head, String figure, String detail) {
    html.begin("div", "tile");
    html.element("p", "head", head);
    html.element("p", "figure", figure);
    html.element("p", "detail", detail);
    html.end();
  }

  private static void chart(Html html, DayFacts facts) {
    StripChart chart = DayCharts.of(facts);
    html.begin("section", "").element("h2", "", "The day");
    html.element(
        "p",
        "note",
        "A numbered line is a decision, with its number from the table below; the ground is grey"
            + " until all data was in its place.");
    html.begin("div", "chart");
    html.markup(chart.svg("wide", WIDE)).markup(chart.svg("narrow", NARROW));
    html.end().end();
  }

  private static void decisions(Html html, DayFacts facts) {
    List<String> heads =
        List.of("No.", "Time", "What", "Why", "Each node", "Proposal, limits", "Took", "Moved");
    html.begin("section", "").element("h2", "", "What it decided");
    if (facts.changes().isEmpty()) {
      html.element("p", "note", "Nothing: the number of nodes never changed.").end();
      return;
    }
    html.begin("table", "decisions").begin("thead", "").begin("tr", "");
    heads.forEach(head -> html.element("th", "", head));
    html.end().end().begin("tbody", "");
    for (Change change : facts.changes()) {
      html.begin("tr", "");
      html.cell(heads.get(0), Long.toString(change.number()));
      html.cell(heads.get(1), Words.clock(change.at()));
      html.cell(heads.get(2), Words.what(change).replace(": ", "\n"));
      html.cell(heads.get(3), Words.why(change));
      html.cell(heads.get(4), String.join("\n", Words.readings(change)));
      html.cell(heads.get(5), Words.proposals(change) + "\nlimits: " + Words.limits(change));
      html.cell(heads.get(6), String.join("\n", Words.took(change)));
      html.cell(heads.get(7), Words.bytes(change.outcome().copiedBytes()));
      html.end();
    }
    html.end().end().end();
  }

  private static void explanation(Html html, DayFacts facts) {
    DayFacts.Setup setup = facts.setup();
    DayFacts.Audit audit = facts.audit();
    html.begin("section", "").element("h2", "", "How to read this");
    html.begin("dl", "");
    explain(
        html,
        "Nodes",
        ("Each is a process of its own on one machine. The grid follows one figure, the operations"
                + " that a node serves in a second, and wants about %s of them: more nodes come when"
                + " the mean is a tenth above, one goes when fewer would do for a while.")
            .formatted(Screen.grouped(setup.targetEach())));
    explain(
        html,
        "Load",
        "Operations are sent when they are due, whatever became of those before: most of them read"
            + " one of the world\u2019s towns, some change one, some count a visit. Where done keeps to"
            + " asked, nobody who used the grid noticed that it changed.");
    explain(
        html,
        "Latency",
        "From when an operation was due until its answer was there, so that a stall counts for all"
            + " who waited. p99: one of a hundred took longer. It includes the client, on the same"
            + " processors as all nodes.");
    explain(
        html,
        "Data moved",
        "What nodes send each other so that a new one gets its share, and one that goes leaves"
            + " nothing behind. A node ends only when its data is elsewhere and was compared.");
    explain(
        html,
        "Data verified",
        "The load keeps a book of every write that was acknowledged. At the end all entries are read"
            + " and compared with it: a town has to show its last change, a counter all its visits."
            + " %s reads of the day were compared as well."
                .formatted(Screen.grouped(audit.readsChecked())));
    html.end().end();
  }

  private static void explain(Html html, String word, String meaning) {
    html.element("dt", "", word).element("dd", "", meaning);
  }

  private static void settings(Html html, DayFacts facts) {
    html.begin("section", "").element("h2", "", "Settings of the nodes");
    html.begin("table", "settings").begin("tbody", "");
    for (DayFacts.Setting setting : facts.setup().settings()) {
      html.begin("tr", "").begin("th", "").element("code", "", setting.key()).end();
      html.begin("td", "").element("code", "", setting.value()).end();
      html.element("td", "", setting.meaning()).end();
    }
    html.end().end().end();
  }

  private static void foot(Html html) {
    html.element(
        "footer",
        "",
        "Made by java -jar grid-node.jar demo --elastic. Towns: GeoNames (geonames.org), CC BY 4.0.");
  }

  private static String style() {
    try (InputStream in = DayPage.class.getResourceAsStream(STYLE)) {
      return new String(Objects.requireNonNull(in, STYLE).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("The style sheet in this jar is damaged: " + STYLE, e);
    }
  }
}
