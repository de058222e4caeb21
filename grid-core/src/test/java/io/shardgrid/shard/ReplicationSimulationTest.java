package io.shardgrid.shard;

import org.junit.jupiter.api.Test;

/**
 * Runs whole clusters with faults, one for each seed; {@code -Dgrid.test.seeds=20000} for more, and
 * {@code -Dgrid.test.seed=4711} for one with its trace.
 */
class ReplicationSimulationTest {

  private static final long SEEDS = Long.getLong("grid.test.seeds", 1_000);
  private static final long FIRST = Long.getLong("grid.test.first-seed", 1);

  @Test
  void losesNothingWhateverHappens() {
    Long only = Long.getLong("grid.test.seed");
    if (only != null) {
      run(only, true);
      return;
    }
    long startNanos = System.nanoTime();
    long completed = 0;
    long unknown = 0;
    for (long seed = FIRST; seed < FIRST + SEEDS; seed++) {
      Simulation simulation = run(seed, false);
      completed += simulation.callers.completed();
      unknown += simulation.callers.failedOrUnknown();
    }
    double seconds = (System.nanoTime() - startNanos) / 1e9;
    System.out.printf(
        "seeds=%d, operations=%d, notKnown=%d, simulatedSeconds=%.0f, timesRealTime=%.0f%n",
        SEEDS,
        completed,
        unknown,
        SEEDS * Simulation.seconds(),
        SEEDS * Simulation.seconds() / seconds);
  }

  private static Simulation run(long seed, boolean isTracing) {
    Simulation simulation = new Simulation(seed, isTracing);
    try {
      simulation.run();
      return simulation;
    } catch (AssertionError | RuntimeException e) {
      System.out.println(simulation.time.traced());
      throw new AssertionError(
          "seed %d at %.3f ms: %s".formatted(seed, simulation.time.nowNanos() / 1e6, e), e);
    }
  }
}
