package io.shardgrid.node.telemetry;

import io.opentelemetry.api.trace.SpanId;
import io.opentelemetry.api.trace.TraceId;
import io.opentelemetry.sdk.trace.IdGenerator;
import io.shardgrid.trace.TraceContext;
import io.shardgrid.traces.RootIds;

/**
 * Numbers of traces and spans: drawn at random, but for those that follow from what they are about.
 * Thread-safe.
 */
final class DerivedIds implements IdGenerator, RootIds {

  private final IdGenerator others = IdGenerator.random();
  private static final ThreadLocal<TraceContext> NEXT = new ThreadLocal<>();

  @Override
  public void beginAs(TraceContext self, Runnable open) {
    NEXT.set(self);
    try {
      open.run();
    } finally {
      NEXT.remove();
    }
  }

  @Override
  public String generateSpanId() {
    TraceContext known = NEXT.get();
    return known == null ? others.generateSpanId() : SpanId.fromLong(known.span());
  }

  @Override
  public String generateTraceId() {
    TraceContext known = NEXT.get();
    return known == null
        ? others.generateTraceId()
        : TraceId.fromLongs(known.traceHigh(), known.traceLow());
  }
}
