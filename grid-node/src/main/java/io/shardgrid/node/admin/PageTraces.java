package io.shardgrid.node.admin;

import io.shardgrid.trace.SpanKind;
import io.shardgrid.trace.TraceContext;
import io.shardgrid.trace.TraceSpan;
import io.shardgrid.trace.TraceparentException;
import io.shardgrid.trace.Tracing;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Requests for pages that are followed. Stateless. */
final class PageTraces {

  private static final String ENTRIES = "/entries";
  private static final int STATUS_ERROR = 500;

  private PageTraces() {}

  /**
   * Has a page made, as part of a trace if the request is followed: one that names a trace, or one
   * of the chosen share of those about entries.
   *
   * @param tracing null while nothing is followed
   * @param traceparent as the request had it; empty for none
   */
  static CompletionStage<Reply> followed(
      @Nullable Tracing tracing,
      String method,
      String path,
      String traceparent,
      Supplier<CompletionStage<Reply>> page) {
    if (tracing == null) {
      return page.get();
    }
    TraceContext told = told(traceparent);
    boolean isWorthIt = told != null || path.startsWith(ENTRIES);
    TraceSpan span = isWorthIt ? tracing.enter(SpanKind.SERVER, told, method, path) : null;
    CompletionStage<Reply> made = tracing.within(span, page);
    return span == null
        ? made
        : made.whenComplete((reply, failure) -> end(span, method, path, reply));
  }

  /** As W3C wants it: what is none is ignored, and the request served. */
  private static @Nullable TraceContext told(String traceparent) {
    if (traceparent.isEmpty()) {
      return null;
    }
    try {
      return TraceContext.parse(traceparent);
    } catch (TraceparentException e) {
      return null;
    }
  }

  private static void end(TraceSpan span, String method, String path, @Nullable Reply reply) {
    int status = reply == null ? STATUS_ERROR : reply.status().code();
    span.put("http.request.method", method)
        .put("http.route", path)
        .put("http.response.status_code", status);
    if (status >= STATUS_ERROR) {
      span.fail(String.valueOf(status));
    }
    span.end();
  }
}
