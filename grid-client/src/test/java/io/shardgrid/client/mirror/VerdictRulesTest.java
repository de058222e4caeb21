package io.shardgrid.client.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.client.mirror.LatencyComparison.Outcome;
import io.shardgrid.client.mirror.LatencyComparison.QuantileRatio;
import io.shardgrid.client.mirror.Verdict.Decision;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What follows from a report, rule by rule. */
final class VerdictRulesTest {

  private final Map<Mismatch, MirrorReport.Kind> kinds = new EnumMap<>(Mismatch.class);
  private final Map<Inconclusive, Long> inconclusive = new EnumMap<>(Inconclusive.class);
  private long compared = 5_000;
  private long errors;
  private long settled;
  private long missed;
  private LatencyComparison writes = LatencyComparison.NONE;
  private Outcome outcome = Outcome.NOT_SLOWER;
  private Set<String> unsure = Set.of();
  private MirrorReport.Traffic traffic = MirrorReport.Traffic.NONE;
  private String settings = "";

  @Test
  void promotesWhatHasBeenShown() {
    Verdict verdict = verdict();

    assertThat(verdict.decision()).isEqualTo(Decision.PROMOTE);
    assertThat(verdict.reasons().get(0)).contains("5000 comparisons", "at most 0.000599");
  }

  @Test
  void holdsOneMismatchAndRollsBackTwo() {
    confirmed(Mismatch.VALUE, 1);
    assertThat(verdict().decision()).isEqualTo(Decision.HOLD);
    compared = 3_000;
    confirmed(Mismatch.VALUE, 2);
    assertThat(verdict().decision()).isEqualTo(Decision.ROLL_BACK);
    assertThat(verdict().reasons().get(0)).contains("value: 2 confirmed", "at least 0.000118");
  }

  @Test
  void holdsWhatHasNotBeenComparedOften() {
    compared = 2_999;

    assertThat(verdict().decision()).isEqualTo(Decision.HOLD);
    assertThat(verdict().reasons().get(0)).contains("wanted are at least 3000");
  }

  @Test
  void allowsFewErrorsAndRollsBackForMany() {
    errors = 2;
    assertThat(verdict().decision()).isEqualTo(Decision.PROMOTE);
    errors = 30;
    assertThat(verdict().decision()).isEqualTo(Decision.ROLL_BACK);
  }

  @Test
  void followsTheTimes() {
    outcome = Outcome.SLOWER;
    assertThat(verdict().decision()).isEqualTo(Decision.ROLL_BACK);
    outcome = Outcome.UNDECIDED;
    assertThat(verdict().decision()).isEqualTo(Decision.HOLD);
  }

  @Test
  void believesNothingWhileTheSelfTestFails() {
    missed = 1;
    confirmed(Mismatch.VALUE, 500);

    assertThat(verdict().decision()).isEqualTo(Decision.HOLD);
    assertThat(verdict().reasons().get(0)).contains("self-test");
    assertThat(verdict().reasons()).anyMatch(reason -> reason.contains("500 confirmed"));
  }

  @Test
  void holdsWhatIsNotCovered() {
    unsure = Set.of("orders");
    assertThat(verdict().reasons()).anyMatch(reason -> reason.contains("warm it up: maps=orders"));
    unsure = Set.of();
    settings = "verdict.maps = [stock], verdict.operations = [put]";
    assertThat(verdict().reasons()).hasSize(2);
    settings = "";
    traffic = new MirrorReport.Traffic(10, 10, 8, 2, 0, 0, 0, 0, false);
    assertThat(verdict().reasons())
        .anyMatch(reason -> reason.contains("not connected"))
        .anyMatch(reason -> reason.contains("dropped copies: 2 of 10"));
    assertThat(verdict().decision()).isEqualTo(Decision.HOLD);
  }

  @Test
  void holdsTooManyRacesAndInconclusiveComparisons() {
    settled = 200;
    assertThat(verdict().reasons()).anyMatch(reason -> reason.startsWith("races: 200"));
    settled = 0;
    inconclusive.put(Inconclusive.OTHER_WRITES, 2_000L);
    assertThat(verdict().reasons())
        .anyMatch(reason -> reason.contains("inconclusive comparisons: 2000 of 7000"));
    assertThat(verdict().decision()).isEqualTo(Decision.HOLD);
  }

  @Test
  void rollsBackACanaryWhoseWritesAloneAreSlower() {
    assertThat(verdict().decision()).isEqualTo(Decision.PROMOTE);
    assertThat(verdict().reasons().get(0)).contains("latency of writes: not compared");

    writes = times(Outcome.SLOWER, new QuantileRatio(0.5, 2, 1.8, 2.2));
    assertThat(verdict().decision()).isEqualTo(Decision.ROLL_BACK);
    assertThat(verdict().reasons())
        .anyMatch(reason -> reason.startsWith("latency of writes: slower"))
        .anyMatch(reason -> reason.contains("p50 2.00 (1.80 to 2.20)"));

    writes = times(Outcome.UNDECIDED, new QuantileRatio(0.5, 1, 0.8, 1.5));
    assertThat(verdict().decision()).isEqualTo(Decision.HOLD);

    writes = times(Outcome.NOT_SLOWER, new QuantileRatio(0.5, 1, 0.9, 1.1));
    assertThat(verdict().decision()).isEqualTo(Decision.PROMOTE);
  }

  private static LatencyComparison times(Outcome outcome, QuantileRatio median) {
    return new LatencyComparison(900, outcome, 0.5, 0.5, List.of(median));
  }

  private void confirmed(Mismatch kind, long times) {
    kinds.put(kind, new MirrorReport.Kind(compared, times, 0));
  }

  private Verdict verdict() {
    Map<Mismatch, SelfTestReport.Kind> tests = new EnumMap<>(Mismatch.class);
    for (Mismatch kind : Mismatch.values()) {
      kinds.putIfAbsent(kind, new MirrorReport.Kind(compared, 0, 0));
      tests.put(kind, new SelfTestReport.Kind(5 + missed, 5, missed));
    }
    for (Inconclusive reason : Inconclusive.values()) {
      inconclusive.putIfAbsent(reason, 0L);
    }
    MirrorSettings of = SampleMirrorSettings.of(settings);
    MirrorReport report =
        new MirrorReport(
            MirrorMode.SHADOW,
            traffic,
            compared,
            kinds,
            inconclusive,
            errors,
            0,
            settled,
            new LatencyComparison(
                compared > 0 ? 4_000 : 0,
                outcome,
                0.5,
                0.5,
                List.of(new QuantileRatio(0.5, 1, 0.95, 1.05))),
            writes,
            new SelfTestReport(tests, true, 2),
            new MirrorReport.Coverage(Map.of("orders", compared), Map.of("get", compared)),
            unsure,
            0,
            List.of(),
            new Verdict(Decision.HOLD, List.of()));
    return of.verdict().judge(report);
  }
}
