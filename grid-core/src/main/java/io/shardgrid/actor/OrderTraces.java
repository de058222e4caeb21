package io.shardgrid.actor;

import io.shardgrid.autoscale.OrderState;
import io.shardgrid.autoscale.ScaleNote;
import io.shardgrid.autoscale.ScaleOrder;
import io.shardgrid.trace.SpanNames;
import io.shardgrid.trace.TraceContext;
import io.shardgrid.trace.TraceSpan;
import io.shardgrid.trace.Tracing;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * What the autoscaler decides, as the one in charge follows it: in traces and in the log. Not
 * thread-safe.
 */
final class OrderTraces {

  private final ClusterTraces traces;
  private final Staged<Long> orders;

  OrderTraces(ClusterTraces traces) {
    this.traces = traces;
    this.orders = new Staged<>(traces.traces());
  }

  /** An order was taken up, or has gone on. */
  void went(ScaleOrder order, OrderState was, OrderState state, String text) {
    TraceContext self = traces.ofOrder(order);
    String word = state.name().toLowerCase(Locale.ROOT);
    if (was == state) {
      String name = order.isGrowth() ? "scale out" : "scale in";
      orders.begins(order.number(), self, name, word, span -> describe(span, order));
    } else if (state.isEnd()) {
      orders.ends(order.number(), word, span -> describeEnd(span, state, text));
    } else {
      orders.goesOn(order.number(), word, span -> describe(span, order));
    }
  }

  private static void describe(TraceSpan span, ScaleOrder order) {
    span.put(SpanNames.ORDER, order.number())
        .put("shardgrid.nodes.before", order.before())
        .put("shardgrid.nodes.wanted", order.nodes());
    if (!order.isGrowth()) {
      span.put(SpanNames.NODE, order.leaving());
    }
  }

  private static void describeEnd(TraceSpan span, OrderState state, String text) {
    span.put(SpanNames.REASON, text);
    if (state == OrderState.GIVEN_UP) {
      span.fail("given_up");
    }
  }

  /**
   * Says in the log what was decided or has come to its end. What is advised and not done is a
   * trace of one span.
   *
   * @param order null if it is about none
   */
  void log(LoggingEventBuilder line, ScaleNote note, @Nullable ScaleOrder order) {
    Tracing tracing = traces.traces().tracing();
    LoggingEventBuilder told = line;
    if (tracing != null) {
      TraceContext about = order == null ? advised(tracing, note) : traces.ofOrder(order);
      told = line.addKeyValue("trace_id", about.traceId()).addKeyValue("span_id", about.spanId());
    }
    told.log("Autoscaler: {}", note.text());
  }

  private TraceContext advised(Tracing tracing, ScaleNote note) {
    TraceContext self = traces.ofAdvice(note);
    TraceSpan span = tracing.beginAs(self, "scale advice");
    if (span != null) {
      span.put(SpanNames.REASON, note.text()).end();
    }
    return self;
  }

  /** Another autoscaler goes on with them. */
  void end() {
    orders.endAll("another autoscaler goes on");
  }
}
