package io.shardgrid.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.history.RandomCourse.Shape;
import io.shardgrid.history.RandomCourse.Workload;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;

final class LinearizabilityCheckerPropertyTest {

  private static final long STEPS_MAX = 2_000_000;
  private static final LinearizabilityChecker<EntryInput, EntryOutput> CHECKER =
      new LinearizabilityChecker<>(new EntryModel(), STEPS_MAX);
  private static final LinearizabilityChecker<EntryInput, EntryOutput> UNAIDED =
      new LinearizabilityChecker<>(new UnaidedModel<>(new EntryModel()), STEPS_MAX);

  private static int right;
  private static int wrong;
  private static int compared;

  @Property(tries = 2_000, edgeCases = EdgeCasesMode.NONE)
  void acceptsWhatTookEffectOnce(@ForAll long seed, @ForAll("longCourses") Shape shape) {
    KeyHistory<EntryInput, EntryOutput> history = RandomCourse.run(seed, shape);
    Finding<EntryInput, EntryOutput> finding = CHECKER.check(history);
    assertThat(finding.verdict()).as("%s", finding).isEqualTo(Verdict.LINEARIZABLE);
  }

  @Property(tries = 40_000, edgeCases = EdgeCasesMode.NONE)
  void agreesWithTryingEveryOrder(
      @ForAll long seed, @ForAll("shortCourses") Shape shape, @ForAll boolean isMutated) {
    KeyHistory<EntryInput, EntryOutput> course = RandomCourse.run(seed, shape);
    KeyHistory<EntryInput, EntryOutput> history = isMutated ? Mutation.of(course, ~seed) : course;
    boolean isRight = Oracle.isLinearizable(history);
    Verdict expected = isRight ? Verdict.LINEARIZABLE : Verdict.NOT_LINEARIZABLE;
    assertThat(CHECKER.check(history).verdict()).as("%s", history).isEqualTo(expected);
    assertThat(UNAIDED.check(history).verdict()).as("%s", history).isEqualTo(expected);
    if (isRight) {
      right++;
    } else {
      wrong++;
    }
  }

  /** Longer than every order can be tried: the search without what the model knows decides. */
  @Property(tries = 3_000, edgeCases = EdgeCasesMode.NONE)
  void comesToTheSameWithoutForesight(@ForAll long seed, @ForAll("mediumCourses") Shape shape) {
    KeyHistory<EntryInput, EntryOutput> history = Mutation.of(RandomCourse.run(seed, shape), ~seed);
    Verdict unaided = UNAIDED.check(history).verdict();
    if (unaided != Verdict.UNDECIDED) {
      Finding<EntryInput, EntryOutput> finding = CHECKER.check(history);
      assertThat(finding.verdict()).as("%s", finding).isEqualTo(unaided);
      compared++;
    }
  }

  @AfterContainer
  static void bothVerdictsWereFrequent() {
    assertThat(right).as("linearizable").isGreaterThan(10_000);
    assertThat(wrong).as("not linearizable").isGreaterThan(5_000);
    assertThat(compared).as("decided without foresight").isGreaterThan(2_000);
  }

  @Provide
  Arbitrary<Shape> shortCourses() {
    return courses(4, 7, 30);
  }

  @Provide
  Arbitrary<Shape> mediumCourses() {
    return courses(5, 24, 20);
  }

  @Provide
  Arbitrary<Shape> longCourses() {
    return courses(12, 200, 5);
  }

  private static Arbitrary<Shape> courses(int clientsMax, int operationsMax, int openPercentMax) {
    return Combinators.combine(
            Arbitraries.of(Workload.class),
            Arbitraries.integers().between(1, clientsMax),
            Arbitraries.integers().between(1, operationsMax),
            Arbitraries.of(0, 1, 2, 3, 6),
            Arbitraries.of(0, 10, 50, 100),
            Arbitraries.integers().between(0, openPercentMax))
        .as(Shape::new);
  }
}
