package io.shardgrid.node.gateway;

import io.shardgrid.client.mirror.LatencyComparison;
import io.shardgrid.client.mirror.MirrorReport;
import io.shardgrid.client.mirror.MismatchSample;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A report as lines for people. Stateless. */
final class ReportText {

  private ReportText() {}

  /** The verdict and its reasons. */
  static List<String> verdict(MirrorReport report) {
    List<String> lines = new ArrayList<>();
    lines.add(report.verdict().decision().name());
    report.verdict().reasons().forEach(reason -> lines.add("  " + reason));
    return lines;
  }

  /** All of it. */
  static String of(MirrorReport report) {
    List<String> lines = verdict(report);
    traffic(report, lines);
    lines.add("");
    lines.add("  %-14s %12s %10s %10s".formatted("mismatch", "compared", "confirmed", "settled"));
    report
        .kinds()
        .forEach(
            (kind, found) ->
                lines.add(
                    "  %-14s %12d %10d %10d"
                        .formatted(
                            word(kind), found.compared(), found.confirmed(), found.settled())));
    lines.add("");
    lines.add("self-test " + report.selfTest().state());
    report
        .selfTest()
        .kinds()
        .forEach(
            (kind, found) ->
                lines.add(
                    "  %-14s made %d, reported %d, missed %d"
                        .formatted(
                            word(kind), found.injected(), found.reported(), found.missed())));
    latency("reads", report.latency(), lines);
    latency("writes", report.writeLatency(), lines);
    samples(report.samples(), lines);
    return String.join("\n", lines) + "\n";
  }

  private static void traffic(MirrorReport report, List<String> lines) {
    MirrorReport.Traffic traffic = report.traffic();
    lines.add("");
    lines.add(
        "mode %s, canary %s"
            .formatted(word(report.mode()), traffic.isConnected() ? "connected" : "NOT connected"));
    lines.add(
        ("operations %d, dyed %d, copied %d, dropped %d, failed by the canary %d, fallen back %d,"
                + " probed %d")
            .formatted(
                traffic.operations(),
                traffic.dyed(),
                traffic.copied(),
                traffic.dropped(),
                traffic.failed(),
                traffic.fallBacks(),
                traffic.probed()));
    lines.add(
        "compared %d, gone at the second look %d, keys out of step %d, copied anew %d, unsure maps %s"
            .formatted(
                report.compared(),
                report.settled(),
                report.outOfStep(),
                traffic.repaired(),
                report.unsure().isEmpty() ? "none" : report.unsure()));
  }

  private static void latency(String of, LatencyComparison latency, List<String> lines) {
    lines.add("");
    lines.add(
        String.format(
            Locale.ROOT,
            "latency of %s %s, %d probes, p %.2g, effect %.3f",
            of,
            word(latency.outcome()),
            latency.pairs(),
            latency.p(),
            latency.effect()));
    latency
        .quantiles()
        .forEach(
            found ->
                lines.add(
                    String.format(
                        Locale.ROOT,
                        "  p%-3.0f canary / production %.3f (%.3f to %.3f)",
                        found.quantile() * 100,
                        found.ratio(),
                        found.lower(),
                        found.upper())));
  }

  private static void samples(List<MismatchSample> samples, List<String> lines) {
    if (samples.isEmpty()) {
      return;
    }
    lines.add("");
    lines.add("mismatches");
    for (MismatchSample sample : samples) {
      lines.add(
          "  %s, %s of %s in %s"
              .formatted(word(sample.kind()), sample.operation(), sample.key(), sample.map()));
      lines.add("    production: " + sample.production());
      lines.add("    canary:     " + sample.canary());
    }
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
