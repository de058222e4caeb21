package io.shardgrid.node.gateway;

import io.shardgrid.client.mirror.LatencyComparison;
import io.shardgrid.client.mirror.MirrorReport;
import io.shardgrid.client.mirror.SelfTestReport;
import java.util.List;
import java.util.Locale;

/**
 * The verdict as a page for browsers: that, its reasons and numbers, no key and no value. It needs
 * no script, and has itself asked for again. Stateless.
 */
final class VerdictPage {

  static final String TYPE = "text/html; charset=utf-8";
  static final String STYLE_TYPE = "text/css; charset=utf-8";

  static final String STYLE =
      """
      :root { color-scheme: light dark; }
      body { font: 15px/1.5 system-ui, sans-serif; margin: 2em auto; max-width: 60em; padding: 0 1em; }
      h1 { font-size: 1.2em; } h2 { font-size: 1em; margin-top: 1.6em; }
      .decision { font-size: 2em; font-weight: bold; padding: .3em .6em; border: .1em solid; }
      .promote { color: #1a7f37; } .hold { color: #9a6700; } .roll_back, .alarm { color: #cf222e; }
      table { border-collapse: collapse; } th, td { padding: .2em .8em; text-align: right; }
      th { border-bottom: 1px solid; } th:first-child, td:first-child { text-align: left; }
      """;

  private static final int RENEWED_SECONDS = 5;

  private final StringBuilder html = new StringBuilder();

  private VerdictPage() {}

  /** The page. */
  static String of(MirrorReport report) {
    VerdictPage page = new VerdictPage();
    page.head(report);
    page.traffic(report);
    page.mismatches(report);
    page.latencies(report);
    return page.html.append("</body></html>\n").toString();
  }

  private void head(MirrorReport report) {
    String decision = report.verdict().decision().name();
    html.append("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">")
        .append("<meta http-equiv=\"refresh\" content=\"")
        .append(RENEWED_SECONDS)
        .append("\"><title>")
        .append(decision)
        .append(" - Shardgrid gateway</title>")
        .append("<link rel=\"stylesheet\" href=\"/verdict.css\"></head><body>")
        .append("<h1>What to do with the canary</h1><p class=\"decision ")
        .append(decision.toLowerCase(Locale.ROOT))
        .append("\">")
        .append(decision.replace('_', ' '))
        .append("</p><ul>");
    report
        .verdict()
        .reasons()
        .forEach(reason -> html.append("<li>").append(escaped(reason)).append("</li>"));
    html.append("</ul>");
  }

  private void traffic(MirrorReport report) {
    MirrorReport.Traffic traffic = report.traffic();
    title("Traffic");
    row(
        "th",
        "mode",
        "canary",
        "asked",
        "dyed",
        "copied",
        "dropped",
        "failed",
        "fallen back",
        "probed",
        "compared",
        "out of step");
    row(
        "td",
        word(report.mode()),
        traffic.isConnected() ? "connected" : "NOT connected",
        traffic.operations(),
        traffic.dyed(),
        traffic.copied(),
        traffic.dropped(),
        traffic.failed(),
        traffic.fallBacks(),
        traffic.probed(),
        report.compared(),
        report.outOfStep());
    html.append("</table>");
  }

  private void mismatches(MirrorReport report) {
    title("Mismatches, and known ones that the self-test has made");
    row("th", "kind", "compared", "confirmed", "settled", "made", "reported", "missed");
    report
        .kinds()
        .forEach(
            (kind, found) -> {
              SelfTestReport.Kind test = report.selfTest().kinds().get(kind);
              row(
                  "td",
                  word(kind),
                  found.compared(),
                  found.confirmed(),
                  found.settled(),
                  test == null ? 0 : test.injected(),
                  test == null ? 0 : test.reported(),
                  test == null ? 0 : test.missed());
            });
    html.append("</table><p class=\"")
        .append(word(report.selfTest().state()))
        .append("\">Self-test: ")
        .append(word(report.selfTest().state()))
        .append("</p>");
  }

  private void latencies(MirrorReport report) {
    title("Times, the canary's divided by production's");
    row("th", "probes of", "outcome", "probes", "quantile", "ratio", "from", "to");
    latency("reads", report.latency());
    latency("writes", report.writeLatency());
    html.append("</table>");
  }

  private void latency(String of, LatencyComparison found) {
    if (found.quantiles().isEmpty()) {
      row("td", of, word(found.outcome()), found.pairs(), "", "", "", "");
    }
    for (LatencyComparison.QuantileRatio ratio : found.quantiles()) {
      row(
          "td",
          of,
          word(found.outcome()),
          found.pairs(),
          "p" + Math.round(ratio.quantile() * 100),
          number(ratio.ratio()),
          number(ratio.lower()),
          number(ratio.upper()));
    }
  }

  private void title(String text) {
    html.append("<h2>").append(escaped(text)).append("</h2><table>");
  }

  private void row(String cell, Object... values) {
    html.append("<tr>");
    for (Object value : List.of(values)) {
      html.append('<').append(cell).append('>').append(escaped(String.valueOf(value)));
      html.append("</").append(cell).append('>');
    }
    html.append("</tr>");
  }

  private static String number(double ratio) {
    return String.format(Locale.ROOT, "%.2f", ratio);
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** Names of maps are whatever users have chosen. */
  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
