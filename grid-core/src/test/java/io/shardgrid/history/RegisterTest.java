package io.shardgrid.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The checker with a model that is not of an entry: a register that tells no versions. */
final class RegisterTest {

  /** What is asked: to write a number, or to read if there is none. */
  private record Ask(@Nullable Integer written) {}

  private static final class Register implements SequentialModel<Integer, Ask, Integer> {
    @Override
    public Integer initial() {
      return 0;
    }

    @Override
    public @Nullable Integer step(Integer state, Ask input, @Nullable Integer output) {
      if (input.written() != null) {
        return output == null && state.equals(input.written()) ? null : input.written();
      }
      return state.equals(output) ? state : null;
    }

    @Override
    public boolean isReadOnly(Ask input, Integer output) {
      return input.written() == null;
    }
  }

  @Test
  void keepsAWriteOfWhatIsThereForLater() {
    assertThat(
            check(
                List.of(
                    answered(1, 10, 0), // writes what is there
                    answered(2, 11, 5),
                    read(12, 13, 0))))
        .isEqualTo(Verdict.LINEARIZABLE);
    assertThat(check(List.of(answered(1, 3, 0), answered(4, 11, 5), read(12, 13, 0))))
        .isEqualTo(Verdict.NOT_LINEARIZABLE);
  }

  @Test
  void usesEachOfTwoEqualUnknownWritesOnce() {
    RecordedOperation<Ask, Integer> one = unknown(1, 7);
    RecordedOperation<Ask, Integer> other = unknown(2, 7);
    RecordedOperation<Ask, Integer> seen = read(3, 4, 7);
    RecordedOperation<Ask, Integer> overwritten = answered(5, 6, 8);
    RecordedOperation<Ask, Integer> seenAgain = read(7, 8, 7);
    assertThat(check(List.of(one, other, seen, overwritten, seenAgain)))
        .isEqualTo(Verdict.LINEARIZABLE);
    assertThat(check(List.of(one, seen, overwritten, seenAgain)))
        .isEqualTo(Verdict.NOT_LINEARIZABLE);
  }

  private static Verdict check(List<RecordedOperation<Ask, Integer>> operations) {
    KeyHistory<Ask, Integer> history = new KeyHistory<>("m", Bytes.of("k"), operations);
    return new LinearizabilityChecker<>(new Register(), 1_000).check(history).verdict();
  }

  private static RecordedOperation<Ask, Integer> answered(long from, long to, int written) {
    return new RecordedOperation<>(1, new Ask(written), new Outcome.Answered<>(written), from, to);
  }

  private static RecordedOperation<Ask, Integer> read(long from, long to, int found) {
    return new RecordedOperation<>(1, new Ask(null), new Outcome.Answered<>(found), from, to);
  }

  private static RecordedOperation<Ask, Integer> unknown(long from, int written) {
    return new RecordedOperation<>(
        1, new Ask(written), new Outcome.Unknown<>(), from, RecordedOperation.NEVER);
  }
}
