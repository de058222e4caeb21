package io.shardgrid.trace;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Opens spans, and knows what the application traces itself. Thread-safe; never blocks. */
public interface GridTracer {

  /**
   * Opens a span, which begins now.
   *
   * @param parent null for a new trace
   * @return null if it is not recorded
   */
  @Nullable TraceSpan begin(SpanKind kind, String name, @Nullable TraceContext parent);

  /**
   * Opens the first span of a trace whose numbers are known, as of {@link TraceContext#derived}.
   * Where they cannot be chosen, it is a span below a first one that nobody opens.
   */
  @Nullable TraceSpan beginAs(TraceContext self, String name);

  /** What this thread works for, if the application has said so; null if it has not. */
  @Nullable TraceContext current();

  /** Does work of a span, so that {@link #current} knows it. */
  <T> T within(TraceContext span, Supplier<T> work);
}
