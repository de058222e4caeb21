package io.shardgrid.history;

import static io.shardgrid.history.Draft.absent;
import static io.shardgrid.history.Draft.done;
import static io.shardgrid.history.Draft.found;
import static io.shardgrid.history.Draft.get;
import static io.shardgrid.history.Draft.put;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What is seen to be wrong before any step is tried, and what is not. */
final class MarkSpansTest {

  @Test
  void refuseTwoValuesAtATime() {
    // Both were there from 6, when each had been read, to 9, when neither had been read again.
    Draft both =
        new Draft()
            .answered(1, 1, 20, put("a"), done())
            .answered(2, 2, 21, put("b"), done())
            .answered(3, 3, 5, get(), found("a"))
            .answered(4, 4, 6, get(), found("b"));
    accept(both.answered(3, 9, 11, get(), found("a")));
    refuse(both.answered(4, 10, 12, get(), found("b")));
  }

  @Test
  void refuseAMomentWithinTheTimeOfAnotherValue() {
    Draft lasting =
        new Draft()
            .answered(1, 1, 2, put("a"), done())
            .answered(2, 15, 16, get(), found("a"))
            .answered(3, 3, 20, put("b"), done());
    accept(lasting);
    refuse(lasting.answered(4, 4, 14, put("c"), done()));
  }

  @Test
  void refuseAbsenceWithinTheTimeOfAValue() {
    refuse(
        new Draft()
            .answered(1, 1, 2, put("a"), done())
            .answered(4, 4, 14, get(), absent())
            .answered(2, 15, 16, get(), found("a")));
  }

  @Test
  void refuseAWriteWithinTheTimeBeforeTheFirst() {
    refuse(new Draft().answered(1, 1, 2, put("a"), done()).answered(2, 15, 16, get(), absent()));
  }

  @Test
  void letAValueThatIsWrittenTwiceComeBack() {
    accept(
        new Draft()
            .answered(1, 1, 2, put("a"), done())
            .answered(1, 3, 4, put("b"), done())
            .answered(1, 5, 6, put("a"), done())
            .answered(2, 7, 8, get(), found("a")));
  }

  @Test
  void letAnUnknownWriteThatWasSeenLast() {
    Draft seen =
        new Draft()
            .unknown(1, 1, put("a"))
            .answered(2, 2, 3, get(), found("a"))
            .answered(2, 8, 9, get(), found("a"));
    accept(seen);
    refuse(seen.answered(3, 4, 7, put("b"), done()));
  }

  @Test
  void refuseAVersionBetweenTwoOfOneWrite() {
    Draft open =
        new Draft()
            .answered(1, 1, 20, put("a"), done())
            .answered(2, 2, 21, put("b"), done(6))
            .answered(3, 3, 22, get(), found("a", 5));
    accept(open);
    refuse(open.answered(4, 4, 23, get(), found("a", 7)));
  }

  private static void accept(Draft draft) {
    assertThat(draft.check().verdict()).isEqualTo(Verdict.LINEARIZABLE);
  }

  private static void refuse(Draft draft) {
    Finding<EntryInput, EntryOutput> finding = draft.check();
    assertThat(finding.verdict()).isEqualTo(Verdict.NOT_LINEARIZABLE);
    assertThat(finding.steps()).isZero();
  }
}
