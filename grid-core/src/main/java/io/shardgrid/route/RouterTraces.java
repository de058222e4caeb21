package io.shardgrid.route;

import io.shardgrid.failure.GridException;
import io.shardgrid.trace.SpanKind;
import io.shardgrid.trace.SpanNames;
import io.shardgrid.trace.TraceContext;
import io.shardgrid.trace.TraceSpan;
import io.shardgrid.trace.TraceSwitch;
import io.shardgrid.trace.Tracing;
import io.shardgrid.wire.Answer;
import io.shardgrid.wire.Request;
import org.jspecify.annotations.Nullable;

/** Opens the spans of a router's operations. Thread-safe. */
final class RouterTraces {

  private final TraceSwitch traces;

  /** Keeps those of an operation in several parts from being decided on once more. */
  private record NotFollowed(Outcome to) implements Outcome {

    @Override
    public void resolved(Answer answer) {
      to.resolved(answer);
    }

    @Override
    public void failed(GridException failure) {
      to.failed(failure);
    }

    @Override
    public TraceContext asker() {
      return TraceContext.UNSAMPLED;
    }
  }

  RouterTraces(TraceSwitch traces) {
    this.traces = traces;
  }

  TraceSwitch traces() {
    return traces;
  }

  /** Opens the span of an operation; null unless it is followed. */
  @Nullable TraceSpan begin(String map, int shard, Request request, Outcome outcome) {
    Tracing tracing = traces.tracing();
    if (tracing == null) {
      return null;
    }
    TraceSpan span = begin(tracing, outcome.asker(), request.kind(), map);
    return span == null ? null : span.put(SpanNames.SHARD, shard);
  }

  /**
   * Where the outcome of an operation in several parts goes, for all of which it is decided at once
   * whether they are followed.
   */
  Outcome whole(String map, Request.Kind kind, Outcome outcome) {
    Tracing tracing = traces.tracing();
    if (tracing == null) {
      return outcome;
    }
    TraceSpan span = begin(tracing, outcome.asker(), kind, map);
    return span == null ? new NotFollowed(outcome) : new TracedOutcome(span, outcome);
  }

  private static @Nullable TraceSpan begin(
      Tracing tracing, @Nullable TraceContext asker, Request.Kind kind, String map) {
    TraceSpan span =
        asker == null
            ? tracing.enter(SpanKind.CLIENT, null, kind.word(), map)
            : tracing.below(asker, SpanKind.CLIENT, kind.word(), map);
    if (span != null) {
      span.put(SpanNames.SYSTEM, SpanNames.SHARDGRID)
          .put(SpanNames.OPERATION, kind.word())
          .put(SpanNames.MAP, map);
    }
    return span;
  }
}
