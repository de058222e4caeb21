package io.shardgrid.traces;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.shardgrid.trace.SpanNames;
import io.shardgrid.trace.TraceContext;
import io.shardgrid.trace.TraceSpan;

/** A span of OpenTelemetry. */
record OtelSpan(Span span, TraceContext context) implements TraceSpan {

  @Override
  public TraceSpan put(String name, String value) {
    span.setAttribute(name, value);
    return this;
  }

  @Override
  public TraceSpan put(String name, long value) {
    span.setAttribute(name, value);
    return this;
  }

  @Override
  public void event(String name) {
    span.addEvent(name);
  }

  @Override
  public void event(String name, String about, String value) {
    span.addEvent(name, Attributes.of(AttributeKey.stringKey(about), value));
  }

  @Override
  public void fail(String type) {
    span.setAttribute(SpanNames.ERROR, type);
    span.setStatus(StatusCode.ERROR);
  }

  @Override
  public void end() {
    span.end();
  }
}
