package io.shardgrid.shard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.function.LongConsumer;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The simulation can fail: each rule that is broken is found within so many seeds. */
class MutantsTest {

  private static final long SEEDS = Long.getLong("grid.test.mutant-seeds", 20);

  @ParameterizedTest
  @MethodSource("io.shardgrid.shard.Mutants#all")
  void isFound(Mutant mutant) throws IOException, ReflectiveOperationException {
    LongConsumer run =
        (LongConsumer)
            MutantLoader.of(mutant)
                .loadClass(SimRun.class.getName())
                .getDeclaredConstructor()
                .newInstance();
    long found =
        LongStream.rangeClosed(1, SEEDS).filter(seed -> fails(run, seed)).findFirst().orElse(0);
    System.out.printf("%s: %s%n", mutant, found == 0 ? "NOT FOUND" : "seed " + found);
    assertThat(found).as("seed that finds: %s", mutant).isPositive();
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
