package io.shardgrid.node.gateway;

import io.shardgrid.client.mirror.Inconclusive;
import io.shardgrid.client.mirror.LatencyComparison;
import io.shardgrid.client.mirror.MirrorReport;
import io.shardgrid.client.mirror.Mismatch;
import io.shardgrid.client.mirror.SelfTestReport;
import io.shardgrid.client.mirror.Verdict;
import io.shardgrid.node.access.ServerFigure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/** What meters show of a mirror. Stateless. */
final class GatewayFigures {

  private static final double THOUSAND = 1_000;

  private GatewayFigures() {}

  /**
   * The figures.
   *
   * @param report the report of now, or of a moment ago
   */
  static List<ServerFigure> of(Supplier<MirrorReport> report) {
    List<ServerFigure> all = new ArrayList<>();
    traffic(report, all);
    mismatches(report, all);
    for (Inconclusive reason : Inconclusive.values()) {
      all.add(
          total(
              "mirror.inconclusive",
              "Comparisons that say nothing",
              Map.of("reason", word(reason)),
              () -> report.get().inconclusive().getOrDefault(reason, 0L)));
    }
    for (Verdict.Decision decision : Verdict.Decision.values()) {
      all.add(
          gauge(
              "mirror.verdict",
              "1 for the verdict of now",
              Map.of("decision", word(decision)),
              () -> report.get().verdict().decision() == decision ? 1 : 0));
    }
    all.add(
        gauge(
            "mirror.latency.ratio.permille",
            "The canary's median time divided by production's, in thousandths; 0 if unknown",
            Map.of(),
            () -> medianPermille(report.get().latency())));
    return all;
  }

  private static void mismatches(Supplier<MirrorReport> report, List<ServerFigure> all) {
    for (Mismatch kind : Mismatch.values()) {
      Map<String, String> label = Map.of("kind", word(kind));
      all.add(
          total(
              "mirror.mismatches",
              "Mismatches that were there at the second look too",
              label,
              () -> report.get().confirmed(kind)));
      all.add(
          total(
              "mirror.selftest.reported",
              "Known mismatches that the self-test has made and the comparison has found",
              label,
              () -> ofTest(report.get(), kind, SelfTestReport.Kind::reported)));
      all.add(
          total(
              "mirror.selftest.missed",
              "Known mismatches that were not found: no verdict can be believed",
              label,
              () -> ofTest(report.get(), kind, SelfTestReport.Kind::missed)));
    }
  }

  private static void traffic(Supplier<MirrorReport> report, List<ServerFigure> all) {
    Map<String, ToLongFunction<MirrorReport.Traffic>> columns =
        Map.of(
            "asked", MirrorReport.Traffic::operations,
            "dyed", MirrorReport.Traffic::dyed,
            "copied", MirrorReport.Traffic::copied,
            "dropped", MirrorReport.Traffic::dropped,
            "failed", MirrorReport.Traffic::failed,
            "fell_back", MirrorReport.Traffic::fallBacks,
            "probed", MirrorReport.Traffic::probed);
    columns.forEach(
        (what, column) ->
            all.add(
                total(
                    "mirror.operations",
                    "Operations by what became of them",
                    Map.of("what", what),
                    () -> column.applyAsLong(report.get().traffic()))));
    all.add(
        total(
            "mirror.comparisons",
            "Comparisons that came to an end",
            Map.of(),
            () -> report.get().compared()));
    all.add(
        total(
            "mirror.settled",
            "Mismatches that were gone at the second look",
            Map.of(),
            () -> report.get().settled()));
    all.add(
        gauge(
            "mirror.out.of.step",
            "Keys of which the canary may lack a write",
            Map.of(),
            () -> report.get().outOfStep()));
    all.add(
        gauge(
            "mirror.unsure.maps",
            "Maps of which the canary may lack anything",
            Map.of(),
            () -> report.get().unsure().size()));
    all.add(
        gauge(
            "mirror.connected",
            "1 if the canary is connected",
            Map.of(),
            () -> report.get().traffic().isConnected() ? 1 : 0));
  }

  private static long ofTest(
      MirrorReport report, Mismatch kind, ToLongFunction<SelfTestReport.Kind> column) {
    SelfTestReport.Kind found = report.selfTest().kinds().get(kind);
    return found == null ? 0 : column.applyAsLong(found);
  }

  private static long medianPermille(LatencyComparison found) {
    return found.quantiles().isEmpty()
        ? 0
        : Math.round(found.quantiles().get(0).ratio() * THOUSAND);
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static ServerFigure total(
      String name, String help, Map<String, String> labels, LongSupplier value) {
    return new ServerFigure(name, help, null, true, labels, value);
  }

  private static ServerFigure gauge(
      String name, String help, Map<String, String> labels, LongSupplier value) {
    return new ServerFigure(name, help, null, false, labels, value);
  }
}
