package io.shardgrid.autoscale;

/**
 * Readings of nodes summed up. Immutable.
 *
 * @param readings how many
 * @param sum of the readings
 * @param requests sum of what these nodes are meant to use
 */
record Tally(long readings, long sum, long requests) {

  static final Tally EMPTY = new Tally(0, 0, 0);

  /**
   * With one more reading.
   *
   * @throws ArithmeticException if a sum needs more than 64 bits
   */
  Tally plus(long reading, long request) {
    return new Tally(readings + 1, Math.addExact(sum, reading), Math.addExact(requests, request));
  }

  /** Mean reading, rounded down. */
  long average() {
    return Math.floorDiv(sum, readings);
  }
}
