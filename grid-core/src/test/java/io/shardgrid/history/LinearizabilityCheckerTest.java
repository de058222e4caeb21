package io.shardgrid.history;

import static io.shardgrid.history.Draft.absent;
import static io.shardgrid.history.Draft.add;
import static io.shardgrid.history.Draft.done;
import static io.shardgrid.history.Draft.doneOver;
import static io.shardgrid.history.Draft.found;
import static io.shardgrid.history.Draft.get;
import static io.shardgrid.history.Draft.getAndPut;
import static io.shardgrid.history.Draft.getAndRemove;
import static io.shardgrid.history.Draft.notDone;
import static io.shardgrid.history.Draft.put;
import static io.shardgrid.history.Draft.remove;
import static io.shardgrid.history.Draft.sum;
import static io.shardgrid.history.Draft.valueIs;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** Histories by hand. Most wrong ones stand beside a right one that differs in one thing. */
final class LinearizabilityCheckerTest {

  @Test
  void acceptsNothing() {
    accept(new Draft());
    accept(new Draft().unknown(1, 1, put("a")));
  }

  @Test
  void acceptsOneAfterAnother() {
    accept(
        new Draft()
            .answered(1, 1, 2, get(), absent())
            .answered(1, 3, 4, put("a"), done(1))
            .answered(2, 5, 6, get(), found("a", 1))
            .answered(2, 7, 8, remove(), done(2))
            .answered(1, 9, 10, get(), absent())
            .answered(1, 11, 12, put("b"), done(5))
            .answered(2, 13, 14, get(), found("b", 5)));
  }

  @Test
  void refusesAStaleRead() {
    Draft twoWrites =
        new Draft().answered(1, 1, 2, put("a"), done()).answered(1, 3, 6, put("b"), done());
    accept(twoWrites.answered(2, 4, 5, get(), found("a")));
    accept(twoWrites.answered(2, 7, 9, get(), found("b")));
    refuse(twoWrites.answered(3, 8, 10, get(), found("a")), 10);
  }

  @Test
  void refusesAStaleReadByItsVersionAlone() {
    Draft sameValue =
        new Draft().answered(1, 1, 2, put("a"), done(1)).answered(1, 3, 4, put("a"), done(2));
    accept(sameValue.answered(2, 5, 6, get(), found("a", 2)));
    refuse(sameValue.answered(2, 7, 8, get(), found("a", 1)), 8);
  }

  @Test
  void refusesToGoBackBetweenTwoReads() {
    // The write is open all the time: either value may be read, but not the newer one first.
    Draft open =
        new Draft()
            .answered(1, 1, 2, put("a"), done())
            .answered(1, 3, 20, put("b"), done())
            .answered(2, 4, 5, get(), found("a"))
            .answered(2, 6, 7, get(), found("b"));
    accept(open);
    refuse(open.answered(3, 8, 9, get(), found("a")), 9);
  }

  @Test
  void refusesALostUpdate() {
    Draft read =
        new Draft()
            .answered(1, 1, 2, put("0"), done(1))
            .answered(1, 3, 4, get(), found("0", 1))
            .answered(2, 5, 6, get(), found("0", 1))
            .answered(1, 7, 9, put("1", EntryCondition.versionIs(1)), done(2));
    accept(read);
    refuse(read.answered(2, 8, 10, put("1", EntryCondition.versionIs(1)), done(3)), 10);
  }

  @Test
  void refusesALostUpdateThatTellsNoVersions() {
    Draft read = new Draft().answered(1, 1, 2, put("0"), done());
    accept(read.answered(1, 3, 5, put("1", valueIs("0")), done()));
    refuse(read.answered(2, 4, 6, put("2", valueIs("0")), done()), 6);
  }

  @Test
  void refusesALostWrite() {
    Draft written = new Draft().answered(1, 1, 2, put("a"), done(1));
    refuse(written.answered(2, 3, 4, get(), absent()), 4);
  }

  @Test
  void refusesADirtyRead() {
    Draft failed = new Draft().answered(1, 1, 2, put("a"), done()).nothingDone(1, 3, 8, put("b"));
    accept(failed.answered(2, 4, 5, get(), found("a")));
    refuse(failed.answered(2, 6, 7, get(), found("b")), 7);
    refuse(failed.answered(2, 9, 10, get(), found("a")), 7);
  }

  @Test
  void refusesAWriteWithoutEffectThatWasSeen() {
    Draft refused =
        new Draft()
            .answered(1, 1, 2, put("a"), done())
            .answered(1, 3, 4, put("b", EntryCondition.ABSENT), notDone());
    accept(refused.answered(2, 5, 6, get(), found("a")));
    refuse(refused.answered(2, 7, 8, get(), found("b")), 8);
  }

  @Test
  void refusesAValueThatNobodyWrote() {
    refuse(new Draft().answered(2, 1, 2, get(), found("a")), 2);
    Draft later =
        new Draft().answered(2, 1, 2, get(), found("a")).answered(1, 3, 4, put("a"), done());
    refuse(later, 2);
  }

  @Test
  void refusesTwoOrdersOfTheSameWrites() {
    Draft writes =
        new Draft().answered(1, 1, 20, put("a"), done()).answered(2, 2, 21, put("b"), done());
    Draft one = writes.answered(3, 3, 4, get(), found("a")).answered(3, 5, 6, get(), found("b"));
    accept(one.answered(4, 7, 8, get(), found("b")));
    refuse(one.answered(4, 9, 10, get(), found("a")), 10);
  }

  @Test
  void refusesWritesWhoseVersionsAreAgainstTheirTimes() {
    accept(new Draft().answered(1, 1, 3, put("a"), done(7)).answered(2, 2, 4, put("b"), done(5)));
    refuse(
        new Draft().answered(1, 1, 2, put("a"), done(7)).answered(2, 3, 4, put("b"), done(5)), 4);
  }

  @Test
  void refusesAVersionTwice() {
    refuse(
        new Draft().answered(1, 1, 3, put("a"), done(7)).answered(2, 2, 4, put("b"), done(7)), 4);
  }

  @Test
  void refusesAVersionThatGoesBackOverARemoval() {
    Draft removed =
        new Draft().answered(1, 1, 2, put("a"), done(7)).answered(1, 3, 4, remove(), done());
    accept(new Draft().answered(1, 1, 2, put("a"), done(7)).answered(1, 5, 6, put("b"), done(8)));
    // The removal had a version too, above 7.
    refuse(removed.answered(1, 5, 6, put("b"), done(8)), 6);
  }

  @Test
  void refusesAReadWithTheVersionOfAnotherWrite() {
    Draft writes =
        new Draft().answered(1, 1, 2, put("a"), done(3)).answered(1, 3, 6, put("b"), done(4));
    accept(writes.answered(2, 4, 7, get(), found("b", 4)));
    refuse(writes.answered(3, 5, 8, get(), found("b", 3)), 8);
  }

  @Test
  void fixesAVersionByTheFirstThatTellsIt() {
    Draft counted =
        new Draft()
            .answered(1, 1, 2, put("4"), done(10))
            .answered(1, 3, 4, add(1), sum(5))
            .answered(2, 5, 6, get(), found("5", 15));
    accept(counted.answered(2, 7, 8, get(), found("5", 15)));
    refuse(counted.answered(2, 9, 10, get(), found("5", 16)), 10);
  }

  @Test
  void remembersWhichVersionsARefusedConditionRulesOut() {
    Draft refused =
        new Draft()
            .answered(1, 1, 2, put("a"), done())
            .answered(2, 3, 4, put("b", EntryCondition.versionIs(7)), notDone());
    accept(refused.answered(1, 5, 6, get(), found("a", 6)));
    refuse(
        new Draft()
            .answered(1, 1, 2, put("a"), done())
            .answered(2, 3, 4, put("b", EntryCondition.versionIs(7)), notDone())
            .answered(1, 5, 6, get(), found("a", 7)),
        6);
  }

  @Test
  void letsAnUnknownWriteTakeEffectLate() {
    Draft late =
        new Draft()
            .unknown(1, 1, put("late"))
            .answered(2, 2, 3, get(), absent())
            .answered(2, 4, 5, put("a"), done())
            .answered(2, 6, 7, get(), found("a"))
            .answered(2, 8, 9, get(), found("late"));
    accept(late);
    accept(late.answered(3, 10, 11, get(), found("late")));
    refuse(late.answered(3, 12, 13, get(), found("a")), 13);
  }

  @Test
  void letsAnUnknownWriteTakeNoEffect() {
    accept(
        new Draft()
            .unknown(1, 1, put("never"))
            .answered(2, 2, 3, get(), absent())
            .answered(2, 4, 5, get(), absent()));
  }

  @Test
  void refusesAnUnknownWriteThatTakesEffectTwice() {
    Draft twice =
        new Draft()
            .unknown(1, 1, put("x"))
            .answered(2, 2, 3, get(), found("x"))
            .answered(2, 4, 5, put("a"), done());
    accept(twice.answered(2, 6, 7, get(), found("a")));
    refuse(twice.answered(2, 8, 9, get(), found("x")), 9);
    // A second such write makes it right.
    accept(twice.unknown(3, 0, put("x")));
  }

  @Test
  void refusesAnUnknownWriteBeforeItsInvocation() {
    refuse(new Draft().answered(2, 1, 2, get(), found("x")).unknown(1, 3, put("x")), 2);
  }

  @Test
  void refusesAConditionOnTheWrongValue() {
    Draft written = new Draft().answered(1, 1, 2, put("a"), done());
    refuse(written.answered(2, 3, 4, put("c", valueIs("b")), done()), 4);
  }

  @Test
  void refusesARefusalOfTheRightValue() {
    Draft written = new Draft().answered(1, 1, 2, put("a"), done());
    refuse(written.answered(2, 3, 4, put("c", valueIs("a")), notDone()), 4);
  }

  @Test
  void refusesTwoWhoWereBothFirst() {
    Draft first = new Draft().answered(1, 1, 4, put("a", EntryCondition.ABSENT), done());
    accept(first.answered(3, 2, 5, put("b", EntryCondition.ABSENT), notDone()));
    refuse(first.answered(2, 3, 6, put("c", EntryCondition.ABSENT), done()), 6);
  }

  @Test
  void refusesOneWhoWasRefusedByNobody() {
    refuse(new Draft().answered(1, 1, 2, put("a", EntryCondition.ABSENT), notDone()), 2);
    // Somebody whose write nobody saw may have been there.
    accept(
        new Draft()
            .unknown(2, 1, put("x"))
            .answered(1, 2, 3, put("a", EntryCondition.ABSENT), notDone())
            .answered(1, 4, 5, put("b"), done()));
  }

  @Test
  void refusesADuplicatedAddition() {
    Draft added = new Draft().answered(1, 1, 2, add(5), sum(5)).answered(1, 3, 4, add(1), sum(6));
    accept(added.answered(2, 5, 6, get(), found("6")));
    refuse(added.answered(2, 7, 8, get(), found("7")), 8);
  }

  @Test
  void countsAnUnknownAdditionOnceOrNot() {
    Draft unknown = new Draft().answered(1, 1, 2, add(5), sum(5)).unknown(1, 3, add(1));
    accept(unknown.answered(2, 4, 5, get(), found("5")));
    accept(unknown.answered(2, 6, 7, get(), found("6")));
    refuse(unknown.answered(2, 8, 9, get(), found("7")), 9);
  }

  @Test
  void letsACounterFall() {
    Draft fallen =
        new Draft()
            .answered(1, 1, 2, add(5), sum(5))
            .answered(1, 3, 4, add(-3), sum(2))
            .answered(2, 5, 6, get(), found("2"));
    accept(fallen);
    refuse(fallen.answered(2, 7, 8, get(), found("5")), 8);
  }

  @Test
  void letsAnUnknownAdditionMakeWhatAPutMakesToo() {
    accept(
        new Draft()
            .answered(1, 1, 2, put("4"), done(1))
            .unknown(2, 3, add(1))
            .answered(1, 4, 5, get(), found("5", 2))
            .answered(1, 6, 7, put("5"), done()));
  }

  @Test
  void tellsNumbersApartThatAreOnlySeenByAdditions() {
    Draft draft =
        new Draft()
            .unknown(1, 1, put("1", EntryCondition.ABSENT))
            .unknown(2, 2, put("5", EntryCondition.ABSENT))
            .answered(3, 3, 4, add(1), sum(6));
    accept(draft);
    refuse(draft.answered(3, 5, 6, add(1), sum(3)), 6);
  }

  @Test
  void refusesALostAddition() {
    refuse(new Draft().answered(1, 1, 3, add(1), sum(1)).answered(2, 2, 4, add(1), sum(1)), 4);
  }

  @Test
  void knowsWhatIsNoNumber() {
    Draft text = new Draft().answered(1, 1, 2, put("a"), done());
    accept(text.answered(2, 3, 4, add(1), new EntryOutput.NotANumber()));
    refuse(text.answered(1, 5, 6, add(1), sum(1)), 6);
    refuse(new Draft().answered(2, 1, 2, add(1), new EntryOutput.NotANumber()), 2);
  }

  @Test
  void refusesAWrongPreviousValue() {
    Draft written = new Draft().answered(1, 1, 2, put("a"), done());
    accept(written.answered(1, 3, 4, getAndPut("b"), doneOver("a")));
    accept(written.answered(1, 5, 6, getAndRemove(), doneOver("b")));
    accept(written.answered(1, 7, 8, getAndPut("c"), done()));
    refuse(written.answered(1, 9, 10, getAndRemove(), doneOver("b")), 10);
  }

  @Test
  void refusesARemovalOfNothing() {
    Draft none = new Draft().answered(1, 1, 2, remove(), notDone(0));
    accept(none);
    refuse(none.answered(1, 3, 4, remove(), done()), 4);
  }

  @Test
  void refusesARemovalOfAnotherValue() {
    Draft written = new Draft().answered(1, 1, 2, put("a"), done(1));
    accept(written.answered(1, 3, 4, remove(valueIs("b")), notDone(1)));
    refuse(written.answered(1, 5, 6, remove(valueIs("b")), done(2)), 6);
  }

  @Test
  void isUndecidedWhenItsStepsAreUsedUp() {
    KeyHistory<EntryInput, EntryOutput> history =
        new Draft()
            .answered(1, 1, 2, put("a"), done())
            .answered(1, 3, 4, put("b"), done())
            .answered(1, 5, 6, get(), found("b"))
            .history();
    Finding<EntryInput, EntryOutput> finding =
        new LinearizabilityChecker<>(new EntryModel(), 1).check(history);
    assertThat(finding.verdict()).isEqualTo(Verdict.UNDECIDED);
    assertThat(finding.explanation()).isNull();
    assertThat(finding.steps()).isBetween(1L, 4L);
  }

  @Test
  void findsTheFewUnknownOperationsThatExplainAnAnswer() {
    Draft draft = new Draft();
    for (int i = 0; i < 20; i++) {
      draft.unknown(i, i, add(1_000L << i));
    }
    draft.unknown(20, 20, put("631")).unknown(21, 21, remove());
    draft.answered(22, 22, 40, remove(), done(7)).unknown(23, 23, add(180));
    accept(draft.answered(24, 24, 39, add(379), sum(559)));
    draft.answered(25, 41, 42, getAndPut("x"), doneOver("560"));
    assertThat(draft.check().verdict()).isNotEqualTo(Verdict.LINEARIZABLE);
  }

  @Test
  void refusesAnOutputOfAnotherOperation() {
    Draft draft = new Draft().answered(1, 1, 2, put("a"), absent());
    assertThatThrownBy(draft::check)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("An output that its input never has: input=put 'a', output=absent");
    assertThatThrownBy(() -> new LinearizabilityChecker<>(new EntryModel(), 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static void accept(Draft draft) {
    Finding<EntryInput, EntryOutput> finding = draft.check();
    assertThat(finding.verdict()).as("%s", finding).isEqualTo(Verdict.LINEARIZABLE);
    assertThat(finding.explanation()).isNull();
  }

  /** The answer at this time is the first that cannot be. */
  private static void refuse(Draft draft, long time) {
    Finding<EntryInput, EntryOutput> finding = draft.check();
    assertThat(finding.verdict()).as("%s", finding).isEqualTo(Verdict.NOT_LINEARIZABLE);
    Explanation<EntryInput, EntryOutput> explanation = requireNonNull(finding.explanation());
    assertThat(explanation.time()).as("%s", finding).isEqualTo(time);
    assertThat(explanation.unplaced())
        .as("%s", finding)
        .singleElement()
        .extracting(RecordedOperation::completed)
        .isEqualTo(time);
  }
}
