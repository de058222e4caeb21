package io.shardgrid.fuzz;

import java.time.Duration;
import java.util.Optional;

/**
 * How much is tried of each target. Immutable.
 *
 * @param executions inputs that are made, at most
 * @param time ends the run earlier
 * @param seed what the random choices are made from: with a fixed one and no time the same inputs
 *     are made each time
 * @param findingsMax different findings after which a target is given up
 */
public record FuzzBudget(long executions, Optional<Duration> time, long seed, int findingsMax) {

  private static final String SECONDS = "grid.fuzz.seconds";
  private static final String SEED = "grid.fuzz.seed";
  private static final int FINDINGS_MAX = 20;

  /**
   * The short form: so many inputs, the same ones in each build. With {@code -Dgrid.fuzz.seconds=N}
   * the long one: other ones each time, for N seconds a target. {@code -Dgrid.fuzz.seed} repeats
   * one of those.
   */
  public static FuzzBudget ofProperties(long executions) {
    Long seconds = Long.getLong(SECONDS);
    if (seconds == null) {
      return new FuzzBudget(executions, Optional.empty(), Long.getLong(SEED, 1), 1);
    }
    return new FuzzBudget(
        Long.MAX_VALUE,
        Optional.of(Duration.ofSeconds(seconds)),
        Long.getLong(SEED, System.nanoTime() & 0xFFFF_FFFFL),
        FINDINGS_MAX);
  }
}
