package io.shardgrid.node.bench;

/**
 * What callers took beside what is measured. Immutable.
 *
 * @param allocatedBytes that their threads allocated, the values that they wrote not counted
 * @param spunNanos processor time in which they waited for an operation to be due
 */
record Effort(long allocatedBytes, long spunNanos) {

  static final Effort NONE = new Effort(0, 0);

  Effort plus(Effort other) {
    return new Effort(allocatedBytes + other.allocatedBytes, spunNanos + other.spunNanos);
  }
}
