package io.shardgrid.client.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.failure.FailureCode;
import io.shardgrid.failure.GridTimeoutException;
import io.shardgrid.wire.Answer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What counts as a difference of two answers. */
final class AnswerComparatorTest {

  private static final AnswerComparator COMPARATOR = new AnswerComparator(1_000);
  private static final SideReply ABSENT = reply(Answer.Absent.INSTANCE);

  @Test
  void findsNoDifferenceInVersionsThatOnlyDiffer() {
    assertThat(judge(entry("a", 7, -1), entry("a", 9_000, -1)).isEqual()).isTrue();
  }

  @Test
  void findsOtherBytesAndOtherLengths() {
    assertThat(judge(entry("a", 7, -1), entry("b", 7, -1)).mismatches())
        .containsExactly(Mismatch.VALUE);
    assertThat(
            judge(
                    reply(new Answer.Entry(null, 3, 1, 0, -1)),
                    reply(new Answer.Entry(null, 4, 1, 0, -1)))
                .mismatches())
        .containsExactly(Mismatch.VALUE);
  }

  @Test
  void findsAnEntryThatIsThereOnOneSideOnlyUnlessItIsAboutToExpire() {
    assertThat(judge(entry("a", 7, -1), ABSENT).mismatches()).containsExactly(Mismatch.PRESENCE);
    assertThat(judge(ABSENT, entry("a", 7, 5_000)).mismatches()).containsExactly(Mismatch.PRESENCE);
    assertThat(judge(entry("a", 7, 900), ABSENT).isEqual()).isTrue();
    assertThat(judge(ABSENT, ABSENT).isEqual()).isTrue();
  }

  @Test
  void findsTimesToLiveThatDifferByMoreThanTheTolerance() {
    assertThat(judge(entry("a", 7, 60_000), entry("a", 7, 59_000)).isEqual()).isTrue();
    assertThat(judge(entry("a", 7, 60_000), entry("a", 7, 58_999)).mismatches())
        .containsExactly(Mismatch.TTL);
    assertThat(judge(entry("a", 7, 60_000), entry("a", 7, -1)).mismatches())
        .containsExactly(Mismatch.TTL);
  }

  @Test
  void knowsNothingOfTheTimesToLiveOfSeveralValuesReadAtOnce() {
    Judgement judgement = judge(entry("a", 0, -1), entry("a", 7, 60_000));

    assertThat(judgement.isEqual()).isTrue();
    assertThat(judgement.compared()).doesNotContain(Mismatch.TTL);
  }

  @Test
  void findsACanaryThatDidNotGoOnWhenProductionDid() {
    VersionPair before = new VersionPair(1, 10, 500);

    assertThat(order(before, 11, 501).isEqual()).isTrue();
    assertThat(order(before, 10, 500).isEqual()).isTrue();
    assertThat(order(before, 10, 501).isEqual()).as("copied anew").isTrue();
    assertThat(order(before, 11, 500).mismatches()).containsExactly(Mismatch.VERSION_ORDER);
    assertThat(order(before, 10, 499).mismatches()).containsExactly(Mismatch.VERSION_ORDER);
    assertThat(order(before, 9, 499).isEqual()).as("production was restored").isTrue();
  }

  @Test
  void findsOtherResultsOfWrites() {
    byte[] value = {1};
    assertThat(
            judge(reply(new Answer.Stored(true, 1, null)), reply(new Answer.Stored(false, 1, null)))
                .mismatches())
        .containsExactly(Mismatch.RESULT);
    assertThat(
            judge(reply(new Answer.Stored(true, 1, value)), reply(new Answer.Stored(true, 1, null)))
                .mismatches())
        .containsExactly(Mismatch.RESULT);
    assertThat(judge(reply(new Answer.Amount(1)), reply(new Answer.Amount(2))).mismatches())
        .containsExactly(Mismatch.RESULT);
  }

  @Test
  void findsErrorsOfAnotherClass() {
    SideReply failed = SideReply.of(new GridTimeoutException("late"));
    SideReply noNumber = reply(new Answer.Failed(FailureCode.NOT_A_NUMBER, "a"));

    assertThat(judge(entry("a", 7, -1), failed).mismatches()).containsExactly(Mismatch.ERROR_CLASS);
    assertThat(judge(failed, failed).isEqual()).isTrue();
    assertThat(judge(reply(new Answer.Amount(1)), noNumber).mismatches())
        .as("another value explains it")
        .containsExactly(Mismatch.RESULT);
  }

  @Test
  void isFiredByEveryAlterationOfTheSelfTest() {
    VersionPair before = new VersionPair(1, 6, 6);
    for (Mismatch kind : Mismatch.values()) {
      SideReply healthy =
          kind == Mismatch.RESULT ? reply(new Answer.Amount(5)) : entry("value", 7, 60_000);
      SideReply altered =
          Objects.requireNonNull(new Alteration(kind, 1_000).of(healthy, before), kind.name());

      assertThat(COMPARATOR.judge(healthy, altered, before).mismatches()).contains(kind);
    }
  }

  private static Judgement judge(SideReply production, SideReply canary) {
    return COMPARATOR.judge(production, canary, null);
  }

  private static Judgement order(VersionPair before, long production, long canary) {
    return COMPARATOR.judge(entry("a", production, -1), entry("a", canary, -1), before);
  }

  static SideReply entry(String value, long version, long leftMillis) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    return reply(new Answer.Entry(bytes, bytes.length, version, 0, leftMillis));
  }

  static SideReply reply(Answer answer) {
    return SideReply.of(answer);
  }
}
