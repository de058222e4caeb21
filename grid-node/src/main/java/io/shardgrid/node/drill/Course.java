package io.shardgrid.node.drill;

import java.util.OptionalLong;

/**
 * How one run of a drill went. Immutable.
 *
 * @param holds whether everything that has to hold did
 * @param failures operations that ended in an error
 * @param answeredNanos time from the fault until every shard had answered an operation that was due
 *     after it; empty if one never did, or nothing happened
 * @param slowestNanos the longest that an operation took that was due during the fault and ended
 *     well
 */
record Course(boolean holds, int failures, OptionalLong answeredNanos, long slowestNanos) {

  /** One that did not get as far as the fault. */
  static final Course BROKEN = new Course(false, 0, OptionalLong.empty(), 0);
}
