package io.shardgrid.shard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.function.LongConsumer;
import java.util.stream.LongStream;
import java.util.stream.Stream;
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
    long found =
        LongStream.rangeClosed(1, mutant.seeds())
            .filter(seed -> fails(run, seed))
            .findFirst()
            .orElse(0);
    System.out.printf("%s: %s%n", mutant, found == 0 ? "not found" : "seed " + found);
    assertThat(found).as("seed that finds: %s", mutant).isPositive();
  }

  /** Those that this build does not run must not fall behind the sources either. */
  @Test
  void eachPieceIsInTheSources() {
    assertThat(both()).allSatisfy(mutant -> assertThat(MutantLoader.sources(mutant)).isNotEmpty());
  }

  private static boolean fails(LongConsumer run, long seed) {
    try {
      run.accept(seed);
      return false;
    } catch (AssertionError | RuntimeException e) {
      return true;
    }
  }
}
