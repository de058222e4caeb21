package io.shardgrid.route;

import io.shardgrid.key.NodeId;
import io.shardgrid.trace.SpanNames;
import io.shardgrid.trace.TraceContext;
import io.shardgrid.trace.TraceSpan;
import io.shardgrid.wire.Request;
import org.jspecify.annotations.Nullable;

/** An operation that a router has not resolved yet. Confined to its {@link ShardRoute}. */
final class Pending {

  final String map;
  final Request request;
  final Outcome outcome;
  final long bytes;
  final long startNanos;
  final long deadlineNanos;

  /** Null unless the operation is followed. */
  final @Nullable TraceSpan span;

  long seq;

  /** How often it was handed to a way. */
  int attempts;

  /** How many of these were refused, so that they did nothing for certain. */
  int refusals;

  /** How many of these may have been lost with their way, so that no answer need come. */
  int losses;

  /** One that is not followed. */
  Pending(
      String map,
      Request request,
      Outcome outcome,
      long bytes,
      long startNanos,
      long deadlineNanos) {
    this(map, request, outcome, bytes, startNanos, deadlineNanos, null);
  }

  Pending(
      String map,
      Request request,
      Outcome outcome,
      long bytes,
      long startNanos,
      long deadlineNanos,
      @Nullable TraceSpan span) {
    this.map = map;
    this.request = request;
    this.outcome = outcome;
    this.bytes = bytes;
    this.startNanos = startNanos;
    this.deadlineNanos = deadlineNanos;
    this.span = span;
  }

  /** It is handed to the way to a node; the span that is to travel with it, if there is one. */
  @Nullable TraceContext sending(@Nullable NodeId node) {
    if (span == null) {
      return null;
    }
    span.put(SpanNames.ATTEMPTS, attempts);
    if (node != null) {
      SpanNames.server(span, node);
      span.event("attempt", SpanNames.NODE, node.address());
    }
    return span.context();
  }

  /** An attempt has come to nothing, and the operation is not over. */
  void note(String what) {
    if (span != null) {
      span.event(what);
    }
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
