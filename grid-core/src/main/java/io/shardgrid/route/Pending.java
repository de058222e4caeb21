package io.shardgrid.route;

import io.shardgrid.wire.Request;

/** An operation that a router has not resolved yet. Confined to its {@link ShardRoute}. */
final class Pending {

  final String map;
  final Request request;
  final Outcome outcome;
  final long bytes;
  final long startNanos;
  final long deadlineNanos;
  long seq;

  /** How often it was handed to a way. */
  int attempts;

  /** How many of these were refused, so that they did nothing for certain. */
  int refusals;

  /** How many of these may have been lost with their way, so that no answer need come. */
  int losses;

  Pending(
      String map,
      Request request,
      Outcome outcome,
      long bytes,
      long startNanos,
      long deadlineNanos) {
    this.map = map;
    this.request = request;
    this.outcome = outcome;
    this.bytes = bytes;
    this.startNanos = startNanos;
    this.deadlineNanos = deadlineNanos;
  }

  /** Whether the answer to an attempt is sure to come, or its way to close. */
  boolean isUnderWay() {
    return attempts > refusals + losses;
  }

  /** Whether some attempt may have been carried out. */
  boolean isInDoubt() {
    return attempts > refusals;
  }
}
