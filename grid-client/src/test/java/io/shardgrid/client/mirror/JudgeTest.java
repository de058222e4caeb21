package io.shardgrid.client.mirror;

import static io.shardgrid.client.mirror.AnswerComparatorTest.entry;
import static io.shardgrid.client.mirror.AnswerComparatorTest.reply;
import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.failure.FailureCode;
import io.shardgrid.wire.Answer;
import io.shardgrid.wire.Request;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What becomes of comparisons. Time is handed in. */
final class JudgeTest {

  private static final long SETTLE = 50_000_000;
  private static final KeyRef KEY = new KeyRef("orders", new byte[] {'k'});

  private final MirrorSettings settings =
      SampleMirrorSettings.of("judge.self-test.share = 0.0000001");
  private final Judge judge = judge(settings);
  private long number;

  @Test
  void countsWhatIsEqual() {
    judge.take(comparison(entry("a", 1, -1), entry("a", 5, -1)), 0);

    MirrorReport report = report(judge);
    assertThat(report.compared()).isEqualTo(1);
    assertThat(report.coverage().maps()).containsEntry("orders", 1L);
    assertThat(report.coverage().operations()).containsEntry("get", 1L);
    assertThat(judge.due(Long.MAX_VALUE / 2)).isNull();
  }

  @Test
  void countsAMismatchOnlyWhenItIsThereAtTheSecondLook() {
    judge.take(comparison(entry("a", 1, -1), entry("b", 5, -1)), 0);

    assertThat(judge.due(SETTLE - 1)).isNull();
    assertThat(report(judge).confirmed(Mismatch.VALUE)).isZero();

    Suspicion due = Objects.requireNonNull(judge.due(SETTLE));
    Sight sight = sight(entry("a", 1, -1), entry("b", 5, -1), true);
    assertThat(judge.looked(due, sight, SETTLE)).isEqualTo(Judge.Finding.CONFIRMED);

    MirrorReport report = report(judge);
    assertThat(report.confirmed(Mismatch.VALUE)).isEqualTo(1);
    assertThat(report.samples())
        .singleElement()
        .satisfies(
            sample -> {
              assertThat(sample.production()).contains("value=a");
              assertThat(sample.canary()).contains("value=b");
              assertThat(sample.map()).isEqualTo("orders");
              assertThat(sample.key()).isEqualTo("k");
            });
  }

  @Test
  void letsARacePass() {
    judge.take(comparison(entry("a", 1, -1), entry("b", 5, -1)), 0);
    Suspicion due = Objects.requireNonNull(judge.due(SETTLE));

    Sight sight = sight(entry("a", 1, -1), entry("a", 6, -1), true);
    assertThat(judge.looked(due, sight, SETTLE)).isEqualTo(Judge.Finding.SETTLED);

    assertThat(report(judge).settled()).isEqualTo(1);
    assertThat(report(judge).confirmed(Mismatch.VALUE)).isZero();
  }

  /** Between the reads of a second look the machine may stand still; times to live do not. */
  @Test
  void doesNotTakeThePauseBetweenTwoReadsForADifferenceOfTimesToLive() {
    judge.take(comparison(entry("a", 1, 60_000), entry("b", 5, 60_000)), 0);
    Suspicion due = Objects.requireNonNull(judge.due(SETTLE));

    Sight paused =
        new Sight(entry("a", 1, 59_900), entry("a", 5, 59_900), entry("a", 1, 58_850), true);
    assertThat(judge.looked(due, paused, SETTLE)).isEqualTo(Judge.Finding.AGAIN);

    // The canary's entry has come half a second later, and so has this look's last read.
    due = Objects.requireNonNull(judge.due(100 * SETTLE));
    Sight slow =
        new Sight(entry("a", 1, 50_000), entry("a", 5, 50_500), entry("a", 1, 49_100), true);
    assertThat(judge.looked(due, slow, 100 * SETTLE)).isEqualTo(Judge.Finding.SETTLED);
    assertThat(report(judge).confirmed(Mismatch.TTL)).isZero();
  }

  @Test
  void confirmsATimeToLiveThatDiffersFromAllThatProductionsWasMeanwhile() {
    judge.take(comparison(entry("a", 1, 60_000), entry("a", 5, 30_000)), 0);
    Suspicion due = Objects.requireNonNull(judge.due(SETTLE));

    Sight sight =
        new Sight(entry("a", 1, 59_900), entry("a", 5, 58_100), entry("a", 1, 59_200), true);
    assertThat(judge.looked(due, sight, SETTLE)).isEqualTo(Judge.Finding.CONFIRMED);
    assertThat(report(judge).confirmed(Mismatch.TTL)).isEqualTo(1);
  }

  @Test
  void looksAgainWhileTheKeyIsWrittenAndGivesUpInTheEnd() {
    judge.take(comparison(entry("a", 1, -1), entry("b", 5, -1)), 0);
    long now = 0;
    int looks = 0;
    Judge.Finding finding = Judge.Finding.AGAIN;
    while (finding == Judge.Finding.AGAIN) {
      now += SETTLE * 100;
      Suspicion due = Objects.requireNonNull(judge.due(now));
      boolean isOwn = looks % 2 == 0;
      Sight unstable = new Sight(entry("a", 1, -1), entry("b", 5, -1), entry("c", 2, -1), !isOwn);
      finding = judge.looked(due, unstable, now);
      looks++;
    }

    assertThat(finding).isEqualTo(Judge.Finding.GIVEN_UP);
    assertThat(looks).isEqualTo(settings.judge().triesMax());
    assertThat(report(judge).inconclusive().values()).contains(1L);
    assertThat(report(judge).confirmed(Mismatch.VALUE)).isZero();
  }

  @Test
  void holdsFurtherMismatchesOfAKeyForTheSameWhileItIsLookedAt() {
    judge.take(comparison(entry("a", 1, -1), entry("b", 5, -1)), 0);
    judge.take(comparison(entry("a", 1, -1), entry("b", 5, -1)), 0);

    assertThat(report(judge).inconclusive()).containsEntry(Inconclusive.REPEATED, 1L);
  }

  @Test
  void countsAnErrorAtOnce() {
    SideReply failed = reply(new Answer.Failed(FailureCode.INTERNAL, "a bug"));
    judge.take(comparison(entry("a", 1, -1), failed), 0);

    assertThat(report(judge).confirmed(Mismatch.ERROR_CLASS)).isEqualTo(1);
    assertThat(report(judge).canaryErrors()).isEqualTo(1);
    assertThat(judge.due(Long.MAX_VALUE / 2)).isNull();
  }

  @Test
  void seesALostWriteByTheOrderOfVersionsAlthoughTheValueIsTheSame() {
    judge.take(comparison(entry("a", 1, -1), entry("a", 5, -1)), 0);
    judge.take(comparison(entry("a", 2, -1), entry("a", 5, -1)), 0);

    Suspicion due = Objects.requireNonNull(judge.due(SETTLE));
    judge.looked(due, sight(entry("a", 2, -1), entry("a", 5, -1), true), SETTLE);

    assertThat(report(judge).confirmed(Mismatch.VERSION_ORDER)).isEqualTo(1);
  }

  @Test
  void reportsTheMismatchesOfItsSelfTestAndCountsNoneOfThemAsReal() {
    Judge tested = judge(SampleMirrorSettings.of("judge.self-test.share = 1"));
    long now = 0;
    for (int round = 0; round < 60; round++) {
      boolean isWrite = round % 6 == 0;
      SideReply production = isWrite ? reply(new Answer.Amount(3)) : entry("a", 1, 60_000);
      SideReply canary = isWrite ? reply(new Answer.Amount(3)) : entry("a", 5, 60_000);
      tested.take(comparison(production, canary), now);
      now += SETTLE;
      Suspicion due = tested.due(now);
      while (due != null) {
        tested.looked(due, sight(entry("a", 1, 60_000), entry("a", 5, 60_000), true), now);
        due = tested.due(now);
      }
    }

    MirrorReport report = report(tested);
    assertThat(report.selfTest().state()).isEqualTo(SelfTestReport.State.PASSED);
    for (Mismatch kind : EnumSet.allOf(Mismatch.class)) {
      SelfTestReport.Kind found = Objects.requireNonNull(report.selfTest().kinds().get(kind));
      assertThat(found.reported()).as(kind.name()).isPositive().isEqualTo(found.injected());
      assertThat(report.confirmed(kind)).as(kind.name()).isZero();
    }
    assertThat(report.samples()).isEmpty();
  }

  /** Below version 1 there is none, and an answer without a version is not compared by it. */
  @Test
  void makesNoMismatchOfItsOwnThatNobodyCouldFind() {
    Judge tested = judge(SampleMirrorSettings.of("judge.self-test.share = 1"));
    for (int round = 0; round < 60; round++) {
      tested.take(comparison(entry("a", 1, -1), entry("a", 1, -1)), 0);
    }

    assertThat(report(tested).selfTest().state()).isNotEqualTo(SelfTestReport.State.ALARM);
    SelfTestReport.Kind order =
        Objects.requireNonNull(report(tested).selfTest().kinds().get(Mismatch.VERSION_ORDER));
    assertThat(order.injected()).isZero();
  }

  @Test
  void raisesTheAlarmWhenTheComparatorCannotFire() {
    MirrorSettings all = SampleMirrorSettings.of("judge.self-test.share = 1");
    Judge blind =
        new Judge(
            all.judge(),
            all.verdict(),
            new SplittableRandom(1),
            (production, canary, before) -> new Judgement(Set.of(), Set.of()));
    for (int round = 0; round < 5_000; round++) {
      blind.take(comparison(entry("a", 1, -1), entry("b", 5, -1)), 0);
    }

    MirrorReport report = report(blind);
    assertThat(report.selfTest().state()).isEqualTo(SelfTestReport.State.ALARM);
    assertThat(report.verdict().decision()).isEqualTo(Verdict.Decision.HOLD);
    assertThat(report.verdict().reasons().get(0)).contains("self-test", "not reported");
  }

  @Test
  void boundsWhatWaitsToBeLookedAt() {
    Judge small = judge(SampleMirrorSettings.of("judge.suspicions-max = 3"));
    for (int key = 0; key < 10; key++) {
      KeyRef one = new KeyRef("orders", new byte[] {(byte) key});
      small.take(
          new Comparison(++number, one, Request.Kind.GET, entry("a", 1, -1), entry("b", 5, -1)), 0);
    }

    assertThat(report(small).inconclusive()).containsEntry(Inconclusive.TOO_MANY, 7L);
  }

  private Comparison comparison(SideReply production, SideReply canary) {
    return new Comparison(++number, KEY, Request.Kind.GET, production, canary);
  }

  private static Sight sight(SideReply production, SideReply canary, boolean isQuiet) {
    return new Sight(production, canary, production, isQuiet);
  }

  private static Judge judge(MirrorSettings of) {
    return new Judge(of.judge(), of.verdict(), new SplittableRandom(1));
  }

  private static MirrorReport report(Judge of) {
    return of.report(MirrorMode.SHADOW, MirrorReport.Traffic.NONE, Set.of(), 0);
  }
}
