package io.shardgrid.shard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The simulation can fail: each rule that is broken is found, within so many seeds as its mutant
 * says. Those that take many are run with {@code -Dgrid.test.mutants=all} only; {@code open} runs
 * those that were never found, and fails; a piece of a rule's name runs those that have it.
 */
class MutantsTest {

  private static final long QUICK = 20;

  static Stream<Mutant> mutants() {
    String which = System.getProperty("grid.test.mutants", "quick");
    return switch (which) {
      case "all" -> Mutants.all().stream();
      case "open" -> OpenMutants.ALL.stream();
      case "quick" -> Mutants.all().stream().filter(mutant -> mutant.seeds() <= QUICK);
      default -> both().filter(mutant -> mutant.rule().contains(which));
    };
  }

  private static Stream<Mutant> both() {
    return Stream.concat(Mutants.all().stream(), OpenMutants.ALL.stream());
  }

  @ParameterizedTest
  @MethodSource("mutants")
  void isFound(Mutant mutant) throws IOException, ReflectiveOperationException {
    LongConsumer run =
        (LongConsumer)
            MutantLoader.of(mutant)
                .loadClass(mutant.simulation())
                .getDeclaredConstructor()
                .newInstance();
    long seed = 1;
    String violation = violation(run, seed);
    while (violation == null && seed < mutant.seeds()) {
      seed++;
      violation = violation(run, seed);
    }
    System.out.printf(
        "%s: %s%n", mutant, violation == null ? "not found" : "seed " + seed + ", " + violation);
    assertThat(violation).as("what seed finds: %s", mutant).isNotNull();
  }

  /** Those that this build does not run must not fall behind the sources either. */
  @Test
  void eachPieceIsInTheSources() {
    assertThat(both()).allSatisfy(mutant -> assertThat(MutantLoader.sources(mutant)).isNotEmpty());
  }

  private static @Nullable String violation(LongConsumer run, long seed) {
    try {
      run.accept(seed);
      return null;
    } catch (AssertionError | RuntimeException e) {
      if (String.valueOf(e.getMessage()).contains(SimMixedCalls.UNDECIDED)) {
        return null; // neither right nor wrong
      }
      return String.valueOf(e.getMessage()).lines().findFirst().orElse(e.toString());
    }
  }
}
