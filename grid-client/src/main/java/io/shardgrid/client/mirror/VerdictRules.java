package io.shardgrid.client.mirror;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * When a canary is promoted, held or rolled back. Immutable, stateless.
 *
 * @param comparisonsMin comparisons without which nothing is shown
 * @param mismatchRateMax confirmed mismatches of a comparison beyond which a canary is rolled back
 * @param mismatchRateShown rate below which the true one has to be shown to be, to promote
 * @param errorRateMax operations of all that the canary alone may fail
 * @param settledRateMax mismatches of all that may be gone at the second look
 * @param inconclusiveMax share of the comparisons that may say nothing
 * @param droppedMax share of the copies that may be dropped
 * @param confidence of the bounds of rates, one-sided
 * @param latency when times count as slower
 * @param maps that have to have been compared
 * @param operations kinds of operations that have to have been compared, as {@code get}
 */
public record VerdictRules(
    long comparisonsMin,
    double mismatchRateMax,
    double mismatchRateShown,
    double errorRateMax,
    double settledRateMax,
    double inconclusiveMax,
    double droppedMax,
    double confidence,
    LatencyComparison.Limits latency,
    Set<String> maps,
    Set<String> operations) {

  private static final String READS = "reads";
  private static final String WRITES = "writes";

  public VerdictRules {
    maps = Set.copyOf(maps);
    operations = Set.copyOf(operations);
  }

  /** What follows from a report; its own verdict is not looked at. */
  Verdict judge(MirrorReport report) {
    List<String> against = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    judgeSelfTest(report, missing);
    judgeMismatches(report, against, missing);
    judgeErrors(report, against, missing);
    judgeLatency(READS, report.latency(), against, missing);
    judgeLatency(WRITES, report.writeLatency(), against, missing);
    judgeCoverage(report, missing);
    if (report.selfTest().state() == SelfTestReport.State.ALARM) {
      // What cannot be believed is no reason for anything, and said first.
      missing.addAll(against);
      return new Verdict(Verdict.Decision.HOLD, missing);
    }
    if (!against.isEmpty()) {
      against.addAll(missing);
      return new Verdict(Verdict.Decision.ROLL_BACK, against);
    }
    return missing.isEmpty()
        ? new Verdict(Verdict.Decision.PROMOTE, List.of(shown(report)))
        : new Verdict(Verdict.Decision.HOLD, missing);
  }

  private void judgeSelfTest(MirrorReport report, List<String> missing) {
    missing.addAll(report.selfTest().troubles());
    if (report.selfTest().state() == SelfTestReport.State.WAITING && missing.isEmpty()) {
      missing.add("self-test: no known mismatch was made yet");
    }
  }

  private void judgeMismatches(MirrorReport report, List<String> against, List<String> missing) {
    long all = 0;
    for (Mismatch kind : Mismatch.values()) {
      long found = kind == Mismatch.ERROR_CLASS ? 0 : report.confirmed(kind);
      if (found == 0) {
        continue;
      }
      all += found;
      double lower = BinomialBounds.lower(found, Math.max(found, report.compared()), confidence);
      String line =
          "%s: %d confirmed mismatches in %d comparisons, the true rate is at least %s (allowed %s)"
              .formatted(word(kind), found, report.compared(), rate(lower), rate(mismatchRateMax));
      (lower > mismatchRateMax ? against : missing).add(line);
    }
    if (report.compared() < comparisonsMin) {
      missing.add(
          "comparisons: %d, wanted are at least %d".formatted(report.compared(), comparisonsMin));
    } else if (all == 0) {
      double upper = BinomialBounds.upper(0, report.compared(), confidence);
      if (upper > mismatchRateShown) {
        missing.add(
            "comparisons: %d without a mismatch show a rate of at most %s, wanted is %s"
                .formatted(report.compared(), rate(upper), rate(mismatchRateShown)));
      }
    }
    judgeSettled(report, missing);
  }

  private void judgeSettled(MirrorReport report, List<String> missing) {
    if (report.settled() == 0) {
      return;
    }
    long of = report.compared() + report.settled();
    double lower = BinomialBounds.lower(report.settled(), of, confidence);
    if (lower > settledRateMax) {
      missing.add(
          "races: %d of %d mismatches and comparisons were gone at the second look, at least %s"
                  .formatted(report.settled(), of, rate(lower))
              + " (allowed "
              + rate(settledRateMax)
              + "): who else writes?");
    }
  }

  private void judgeErrors(MirrorReport report, List<String> against, List<String> missing) {
    long failed = report.canaryErrors();
    if (failed == 0) {
      return;
    }
    long of = Math.max(failed, report.compared());
    double lower = BinomialBounds.lower(failed, of, confidence);
    String line =
        "errors: the canary alone failed %d of %d operations, at least %s (allowed %s)"
            .formatted(failed, of, rate(lower), rate(errorRateMax));
    if (lower > errorRateMax) {
      against.add(line);
    } else if ((double) failed / of > errorRateMax) {
      missing.add(line);
    }
  }

  private void judgeLatency(
      String of, LatencyComparison found, List<String> against, List<String> missing) {
    if (found.outcome() == LatencyComparison.Outcome.SLOWER) {
      against.add(latencyLine(of, found));
    } else if (found.outcome() == LatencyComparison.Outcome.UNDECIDED) {
      missing.add(latencyLine(of, found));
    }
  }

  private String latencyLine(String of, LatencyComparison found) {
    StringBuilder line = new StringBuilder("latency of ").append(of).append(": ");
    line.append(found.outcome().name().toLowerCase(Locale.ROOT).replace('_', ' '));
    if (found.outcome() == LatencyComparison.Outcome.NOT_COMPARED) {
      return line.append(", as no map was named that probes may write to").toString();
    }
    line.append(
        String.format(
            Locale.ROOT,
            ", %d probes, allowed ratio %.2f, p=%.2g, effect=%.3f",
            found.pairs(),
            latency.ratioMax(),
            found.p(),
            found.effect()));
    for (LatencyComparison.QuantileRatio ratio : found.quantiles()) {
      line.append(
          String.format(
              Locale.ROOT,
              ", p%s %.2f (%.2f to %.2f)",
              Math.round(ratio.quantile() * 100),
              ratio.ratio(),
              ratio.lower(),
              ratio.upper()));
    }
    return line.toString();
  }

  private void judgeCoverage(MirrorReport report, List<String> missing) {
    for (String map : maps) {
      if (!report.coverage().maps().containsKey(map)) {
        missing.add("coverage: the map was not compared: map=" + map);
      }
    }
    for (String operation : operations) {
      if (!report.coverage().operations().containsKey(operation)) {
        missing.add("coverage: no such operation was compared: operation=" + operation);
      }
    }
    if (!report.unsure().isEmpty()) {
      missing.add(
          "coverage: the canary may lack anything of some maps, warm it up: maps="
              + String.join(" ", report.unsure()));
    }
    MirrorReport.Traffic traffic = report.traffic();
    if (!traffic.isConnected()) {
      missing.add("coverage: the canary is not connected");
    }
    judgeShare(
        "dropped copies",
        traffic.dropped(),
        traffic.copied() + traffic.dropped(),
        droppedMax,
        missing);
    long nothing = report.inconclusive().values().stream().mapToLong(Long::longValue).sum();
    judgeShare(
        "inconclusive comparisons", nothing, report.compared() + nothing, inconclusiveMax, missing);
  }

  private static void judgeShare(
      String what, long found, long of, double allowed, List<String> missing) {
    if (of > 0 && (double) found / of > allowed) {
      missing.add(
          "coverage: %s: %d of %d, allowed is a share of %s"
              .formatted(what, found, of, rate(allowed)));
    }
  }

  private String shown(MirrorReport report) {
    double upper = BinomialBounds.upper(0, report.compared(), confidence);
    return "%d comparisons without a confirmed mismatch: the true rate is at most %s; %s; %s"
        .formatted(
            report.compared(),
            rate(upper),
            latencyLine(READS, report.latency()),
            latencyLine(WRITES, report.writeLatency()));
  }

  private static String word(Mismatch kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  private static String rate(double rate) {
    return String.format(Locale.ROOT, "%.3g", rate);
  }
}
