package io.shardgrid.history;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.history.RandomCourse.Shape;
import io.shardgrid.history.RandomCourse.Workload;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Thousands of operations on one key, dozens of them open at once, some to the end. */
final class LargeHistoryTest {

  private static final int CLIENTS = 40;
  private static final int OPERATIONS = 5_000;
  private static final LinearizabilityChecker<EntryInput, EntryOutput> CHECKER =
      new LinearizabilityChecker<>(new EntryModel(), 5_000_000);

  @ParameterizedTest
  @EnumSource
  void isAcceptedByItsVersions(Workload workload) {
    accept(new Shape(workload, CLIENTS, OPERATIONS, 6, 100, 0), 100_000);
  }

  @ParameterizedTest
  @EnumSource
  void isAcceptedByItsValues(Workload workload) {
    accept(new Shape(workload, CLIENTS, OPERATIONS, 0, 0, 0), 500_000);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "MIXED")
  void isAcceptedByItsValuesAndVersionsOfAFew(Workload workload) {
    accept(new Shape(workload, CLIENTS, OPERATIONS, 0, 10, 0), 500_000);
  }

  /** About fifty operations whose outcome nobody knows. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "MIXED")
  void isAcceptedWithUnknownOutcomes(Workload workload) {
    accept(new Shape(workload, CLIENTS, OPERATIONS, 0, 0, 1), 1_000_000);
  }

  /** Additions of unknown outcome among other writes tell least. */
  @Test
  void isAcceptedWithUnknownOutcomesOfAllKinds() {
    accept(new Shape(Workload.MIXED, 24, OPERATIONS, 0, 0, 1), 2_000_000);
  }

  /** A quarter of the clients waits for each answer as if cut off; versions tell when it was. */
  @ParameterizedTest
  @EnumSource
  void isAcceptedWithClientsThatWaitLong(Workload workload) {
    for (long seed = 1; seed <= 3; seed++) {
      Shape shape = new Shape(workload, 16, 2_000, 0, 80, 0);
      KeyHistory<EntryInput, EntryOutput> history = RandomCourse.run(seed, shape);
      Finding<EntryInput, EntryOutput> finding = CHECKER.check(stretched(history, 600));
      assertThat(finding.verdict()).as("%d: %s", seed, finding).isEqualTo(Verdict.LINEARIZABLE);
      assertThat(finding.steps()).as("seed %d", seed).isLessThan(70_000);
    }
  }

  /** The history with the operations of each fourth client begun earlier and ended later. */
  private static KeyHistory<EntryInput, EntryOutput> stretched(
      KeyHistory<EntryInput, EntryOutput> history, long by) {
    List<RecordedOperation<EntryInput, EntryOutput>> operations =
        history.operations().stream()
            .map(
                one -> {
                  boolean isCutOff = one.client() % 4 == 0 && one.isAnswered();
                  long invoked = 4 * (one.invoked() - (isCutOff ? by : 0)) + (isCutOff ? 1 : 0);
                  long completed = 4 * (one.completed() + (isCutOff ? by : 0)) + (isCutOff ? 2 : 0);
                  return new RecordedOperation<>(
                      one.client(), one.input(), one.outcome(), invoked, completed);
                })
            .toList();
    return new KeyHistory<>(history.map(), history.key(), operations);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 50, 100})
  void isRefusedForOneStaleReadAtItsEnd(int toldPercent) {
    KeyHistory<EntryInput, EntryOutput> history =
        RandomCourse.run(7, new Shape(Workload.REGISTER, CLIENTS, OPERATIONS, 0, toldPercent, 1));
    List<RecordedOperation<EntryInput, EntryOutput>> operations =
        new ArrayList<>(history.operations());
    RecordedOperation<EntryInput, EntryOutput> early =
        operations.stream()
            .filter(one -> one.output() instanceof EntryOutput.Found)
            .findFirst()
            .orElseThrow();
    operations.add(
        new RecordedOperation<>(99, early.input(), early.outcome(), 1_000_000, 1_000_001));
    Finding<EntryInput, EntryOutput> finding =
        CHECKER.check(new KeyHistory<>("m", Bytes.of("k"), operations));
    assertThat(finding.verdict()).isEqualTo(Verdict.NOT_LINEARIZABLE);
    Explanation<EntryInput, EntryOutput> explanation = requireNonNull(finding.explanation());
    assertThat(explanation.time()).isEqualTo(1_000_001);
    assertThat(explanation.unplaced()).hasSize(1);
  }

  /** One answer in it is changed, which makes some of these histories wrong and leaves others. */
  @ParameterizedTest
  @EnumSource
  void isDecidedWithOneAnswerChanged(Workload workload) {
    int wrong = 0;
    for (long seed = 1; seed <= 8; seed++) {
      Shape shape = new Shape(workload, CLIENTS, OPERATIONS, 6, 100, 0);
      Finding<EntryInput, EntryOutput> finding =
          CHECKER.check(Mutation.of(RandomCourse.run(seed, shape), seed));
      assertThat(finding.verdict()).as("seed %d", seed).isNotEqualTo(Verdict.UNDECIDED);
      assertThat(finding.steps()).as("seed %d", seed).isLessThan(500_000);
      wrong += finding.verdict() == Verdict.NOT_LINEARIZABLE ? 1 : 0;
    }
    assertThat(wrong).isBetween(3, 8);
  }

  private static void accept(Shape shape, long stepsMax) {
    for (long seed = 1; seed <= 3; seed++) {
      Finding<EntryInput, EntryOutput> finding = CHECKER.check(RandomCourse.run(seed, shape));
      assertThat(finding.verdict())
          .as("seed %d: %s", seed, finding)
          .isEqualTo(Verdict.LINEARIZABLE);
      assertThat(finding.steps()).as("seed %d", seed).isLessThan(stepsMax);
    }
  }
}
