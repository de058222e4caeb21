package io.shardgrid.traces;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanId;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceId;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.shardgrid.trace.GridTracer;
import io.shardgrid.trace.SpanKind;
import io.shardgrid.trace.TraceContext;
import io.shardgrid.trace.TraceSpan;
import java.util.HexFormat;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Opens spans of OpenTelemetry. Thread-safe. */
final class OtelTracer implements GridTracer {

  private static final int LONG_DIGITS = 16;

  private final Tracer tracer;
  private final @Nullable RootIds ids;

  OtelTracer(Tracer tracer, @Nullable RootIds ids) {
    this.tracer = tracer;
    this.ids = ids;
  }

  @Override
  public @Nullable TraceSpan begin(SpanKind kind, String name, @Nullable TraceContext parent) {
    SpanBuilder builder = tracer.spanBuilder(name).setSpanKind(kindOf(kind));
    if (parent == null) {
      builder.setNoParent();
    } else {
      builder.setParent(Context.root().with(Span.wrap(contextOf(parent))));
    }
    return unlessUnrecorded(builder.startSpan());
  }

  @Override
  public @Nullable TraceSpan beginAs(TraceContext self, String name) {
    RootIds chosen = ids;
    if (chosen == null) {
      return begin(SpanKind.INTERNAL, name, self);
    }
    Span[] begun = new Span[1];
    chosen.beginAs(self, () -> begun[0] = tracer.spanBuilder(name).setNoParent().startSpan());
    return unlessUnrecorded(begun[0]);
  }

  private static @Nullable TraceSpan unlessUnrecorded(Span span) {
    SpanContext context = span.getSpanContext();
    if (!span.isRecording() || !context.isSampled()) {
      span.end();
      return null;
    }
    return new OtelSpan(span, contextOf(context));
  }

  @Override
  public @Nullable TraceContext current() {
    SpanContext known = Span.current().getSpanContext();
    if (!known.isValid()) {
      return null;
    }
    return known.isSampled() ? contextOf(known) : TraceContext.UNSAMPLED;
  }

  @Override
  public <T> T within(TraceContext span, Supplier<T> work) {
    return Context.current().with(Span.wrap(contextOf(span))).wrapSupplier(work).get();
  }

  private static TraceContext contextOf(SpanContext context) {
    String trace = context.getTraceId();
    return TraceContext.sampled(
        HexFormat.fromHexDigitsToLong(trace, 0, LONG_DIGITS),
        HexFormat.fromHexDigitsToLong(trace, LONG_DIGITS, 2 * LONG_DIGITS),
        HexFormat.fromHexDigitsToLong(context.getSpanId()));
  }

  private static SpanContext contextOf(TraceContext context) {
    return SpanContext.createFromRemoteParent(
        TraceId.fromLongs(context.traceHigh(), context.traceLow()),
        SpanId.fromLong(context.span()),
        TraceFlags.fromByte(context.flags()),
        TraceState.getDefault());
  }

  private static io.opentelemetry.api.trace.SpanKind kindOf(SpanKind kind) {
    return switch (kind) {
      case INTERNAL -> io.opentelemetry.api.trace.SpanKind.INTERNAL;
      case CLIENT -> io.opentelemetry.api.trace.SpanKind.CLIENT;
      case SERVER -> io.opentelemetry.api.trace.SpanKind.SERVER;
    };
  }
}
