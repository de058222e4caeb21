package io.shardgrid.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.failure.CodecException;
import io.shardgrid.failure.FailureCode;
import io.shardgrid.failure.GridTimeoutException;
import io.shardgrid.failure.OutcomeUnknownException;
import io.shardgrid.wire.Answer;
import org.junit.jupiter.api.Test;

/** One operation in several parts. */
final class ScatterTest {

  private final RecordingOutcome whole = new RecordingOutcome();

  @Test
  void endsAtOnceWithoutParts() {
    new Scatter(0, whole, Scatter::sum);
    assertThat(whole.answer).isEqualTo(new Answer.Amount(0));
  }

  @Test
  void sumsUpWhenTheLastPartHasEnded() {
    Scatter scatter = new Scatter(3, whole, Scatter::sum);
    scatter.part(2).resolved(new Answer.Amount(4));
    scatter.part(0).resolved(new Answer.Amount(1));
    assertThat(whole.hasEnded()).isFalse();
    scatter.part(1).resolved(new Answer.Amount(2));
    assertThat(whole.answer).isEqualTo(new Answer.Amount(7));
    assertThat(whole.ends).isEqualTo(1);
  }

  @Test
  void failsWithTheFirstPartsFailureWhenAllPartsHaveEnded() {
    Scatter scatter = new Scatter(3, whole, Scatter::done);
    GridTimeoutException first = new GridTimeoutException("first");
    scatter.part(1).failed(first);
    scatter.part(0).resolved(Answer.Done.INSTANCE);
    assertThat(whole.hasEnded()).isFalse();
    scatter.part(2).failed(new GridTimeoutException("second"));
    assertThat(whole.failure).isSameAs(first);
    assertThat(whole.ends).isEqualTo(1);
  }

  @Test
  void isInDoubtIfAnyPartIs() {
    Scatter scatter = new Scatter(3, whole, Scatter::done);
    OutcomeUnknownException doubt = new OutcomeUnknownException("unknown");
    scatter.part(0).failed(new GridTimeoutException("nothing was done"));
    scatter.part(1).failed(doubt);
    scatter.part(2).failed(new GridTimeoutException("nothing was done"));
    assertThat(whole.failure).isSameAs(doubt);
  }

  @Test
  void turnsAShardsFailureIntoItsException() {
    Scatter scatter = new Scatter(1, whole, Scatter::sum);
    scatter.part(0).resolved(new Answer.Failed(FailureCode.NOT_A_NUMBER, "no number"));
    assertThat(whole.failure).isInstanceOf(CodecException.class).hasMessage("no number");
  }

  @Test
  void endsAlsoWhenThePartsDoNotFitTogether() {
    Scatter scatter =
        new Scatter(
            1,
            whole,
            answers -> {
              throw new IndexOutOfBoundsException("a bug");
            });
    scatter.part(0).resolved(Answer.Done.INSTANCE);
    assertThat(whole.failure)
        .isInstanceOf(OutcomeUnknownException.class)
        .hasRootCauseMessage("a bug");
  }
}
