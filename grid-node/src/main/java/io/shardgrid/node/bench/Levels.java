package io.shardgrid.node.bench;

import java.util.List;

/**
 * How much an open loop asks for. Immutable.
 *
 * @param rate operations a second, or 0 if parts of the capacity are wanted
 * @param percents parts of the capacity, in hundredths
 */
record Levels(int rate, List<Integer> percents) {

  private static final double ALL_PERCENT = 100;

  Levels {
    percents = List.copyOf(percents);
  }

  /** One load, with its name for people. */
  record Level(String name, double eachSecond) {}

  /** Whether the capacity has to be known. */
  boolean areOfCapacity() {
    return rate == 0;
  }

  /**
   * The loads.
   *
   * @param capacity operations a second, of no interest for a fixed rate
   */
  List<Level> of(double capacity) {
    return areOfCapacity()
        ? percents.stream().map(percent -> part(percent, capacity)).toList()
        : List.of(new Level("open loop", rate));
  }

  private static Level part(int percent, double capacity) {
    return new Level(percent + " %", Math.max(1, capacity * percent / ALL_PERCENT));
  }
}
