package io.shardgrid.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.failure.FailureCode;
import io.shardgrid.wire.Answer;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AnswerWindowTest {

  private final AnswerWindow window = new AnswerWindow(1);

  @Test
  void remembersEveryForm() {
    byte[] previous = {1, 2, 3};
    List<Answer> answers =
        List.of(
            Answer.Done.INSTANCE,
            new Answer.Amount(-5),
            new Answer.Stored(true, 12, null),
            new Answer.Stored(false, 7, null),
            new Answer.Stored(true, 13, previous),
            new Answer.Failed(FailureCode.NOT_A_NUMBER, "no"));
    for (int i = 0; i < answers.size(); i++) {
      window.remember(10 + 3L * i, 10, answers.get(i));
    }
    for (int i = 0; i < answers.size(); i++) {
      assertThat(window.find(10 + 3L * i)).isEqualTo(answers.get(i));
      assertThat(window.find(11 + 3L * i)).isNull();
    }
    assertThat(window.otherBytes()).isPositive();
  }

  @Test
  void forgetsWhatTheClientIsDoneWith() {
    window.remember(1, 1, new Answer.Failed(FailureCode.NOT_A_NUMBER, "no"));
    window.remember(2, 1, new Answer.Amount(2));
    window.remember(9, 3, new Answer.Amount(9));
    assertThat(window.find(1)).isNull();
    assertThat(window.find(2)).isNull();
    assertThat(window.find(9)).isEqualTo(new Answer.Amount(9));
    assertThat(window.open()).isEqualTo(1);
    assertThat(window.doneBelow()).isEqualTo(3);
    assertThat(window.otherBytes()).isZero();
  }

  @Test
  void keepsItsPlaceWhenAnEarlierWriteComesLate() {
    for (long seq : new long[] {2, 9, 4, 7, 1, 8, 3}) {
      window.remember(seq, 1, new Answer.Amount(seq));
    }
    window.remember(6, 3, new Answer.Failed(FailureCode.INTERNAL, "6"));
    for (long seq : new long[] {3, 4, 7, 8, 9}) {
      assertThat(window.find(seq)).isEqualTo(new Answer.Amount(seq));
    }
    assertThat(window.find(6)).isEqualTo(new Answer.Failed(FailureCode.INTERNAL, "6"));
    assertThat(window.find(5)).isNull();
    assertThat(window.openFrom(7)).isEqualTo(3);
  }

  @Test
  void growsAroundItsEnd() {
    for (long seq = 1; seq <= 300; seq++) {
      long doneBelow = Math.max(1, seq - seq / 3);
      Answer answer =
          seq % 5 == 0 ? new Answer.Failed(FailureCode.INTERNAL, "" + seq) : new Answer.Amount(seq);
      window.remember(seq, doneBelow, answer);
      assertThat(window.find(doneBelow - 1)).isNull();
      for (long open = doneBelow; open <= seq; open++) {
        assertThat(window.find(open)).as("write %d", open).isNotNull();
      }
    }
    assertThat(window.open()).isEqualTo(101);
  }

  @Test
  void isSilentAfterFourOfItsLongestDeadlinesAndTheLeastSilence() {
    window.heard(1_000, 50);
    window.heard(1_000, 20);
    assertThat(window.isSilent(1_150, 100)).isFalse();
    assertThat(window.isSilent(1_204, 100)).isTrue();
    assertThat(window.isSilent(1_204, 300)).isFalse();
  }
}
