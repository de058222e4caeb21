package io.shardgrid.shard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * Runs whole clusters with faults, one for each seed; {@code -Dgrid.test.seeds=20000} for more, and
 * {@code -Dgrid.test.seed=4711} for one with its trace; {@code
 * -Dgrid.test.checker-steps=4000000000} for one with a history that could not be judged.
 */
class ReplicationSimulationTest {

  private static final long SEEDS = Long.getLong("grid.test.seeds", 1_000);

  /** A check is a search with a bound: of so many histories, one may be too hard to judge. */
  private static final long JUDGED_OF_ONE = 10_000;

  private static final long FIRST = Long.getLong("grid.test.first-seed", 1);

  @Test
  void losesNothingWhateverHappens() {
    Long only = Long.getLong("grid.test.seed");
    if (only != null) {
      System.out.println("undecided=" + run(only, true).callers.mixed().undecided());
      return;
    }
    long startNanos = System.nanoTime();
    long completed = 0;
    long unknown = 0;
    long histories = 0;
    long undecided = 0;
    for (long seed = FIRST; seed < FIRST + SEEDS; seed++) {
      Simulation simulation = run(seed, false);
      completed += simulation.callers.completed();
      unknown += simulation.callers.failedOrUnknown();
      histories += simulation.callers.mixed().histories();
      if (simulation.callers.mixed().undecided() > 0) {
        undecided += simulation.callers.mixed().undecided();
        System.out.println("A history could not be judged: seed=" + seed);
      }
    }
    double seconds = (System.nanoTime() - startNanos) / 1e9;
    System.out.printf(
        "seeds=%d, operations=%d, notKnown=%d, histories=%d, undecided=%d, simulatedSeconds=%.0f,"
            + " timesRealTime=%.0f%n",
        SEEDS,
        completed,
        unknown,
        histories,
        undecided,
        SEEDS * Simulation.seconds(),
        SEEDS * Simulation.seconds() / seconds);
    assertThat(undecided).isLessThanOrEqualTo(1 + histories / JUDGED_OF_ONE);
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
