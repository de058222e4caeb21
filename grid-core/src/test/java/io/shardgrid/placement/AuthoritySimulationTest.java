package io.shardgrid.placement;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * Authorities and registers through faults. {@code -Dgrid.simulation.seeds=100000} runs longer,
 * {@code -Dgrid.simulation.seed=17} runs one seed and prints what happened.
 */
final class AuthoritySimulationTest {

  private static final int SEEDS = Integer.getInteger("grid.simulation.seeds", 3_000);
  private static final Long ONLY_SEED = Long.getLong("grid.simulation.seed");

  @Test
  void neverForgetsWhatWasCommitted() {
    if (ONLY_SEED != null) {
      run(ONLY_SEED);
      return;
    }
    for (long seed = 1; seed <= SEEDS; seed++) {
      run(seed);
    }
  }

  @Test
  void repeatsItselfExactly() {
    for (long seed = 1; seed <= 20; seed++) {
      assertThat(traceOf(seed)).isNotEmpty().isEqualTo(traceOf(seed));
    }
  }

  private static String traceOf(long seed) {
    SimulatedNetwork network = new SimulatedNetwork(seed, true);
    new SimulatedCluster(network).run();
    return network.traced();
  }

  private static void run(long seed) {
    SimulatedNetwork network = new SimulatedNetwork(seed, ONLY_SEED != null);
    try {
      new SimulatedCluster(network).run();
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError(
          "run again with -Dgrid.simulation.seed=" + seed + "\n" + network.traced(), e);
    }
  }
}
