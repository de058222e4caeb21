package io.shardgrid.traces;

import io.opentelemetry.api.OpenTelemetry;
import io.shardgrid.trace.TraceSwitch;
import io.shardgrid.trace.Tracing;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Has operations of a node or a client followed, by an OpenTelemetry of the application.
 *
 * <pre>{@code
 * new GridTraces(openTelemetry).bindTo(grid.traces());
 * }</pre>
 *
 * <p>What is followed is decided before OpenTelemetry is asked, by {@code grid.trace} of a node and
 * {@code grid.client.trace} of a client, or by the span that the calling thread is in: its sampler
 * should take whatever comes, or take over its parents' decision. The spans and what they say stand
 * in {@code grid-node/docs/traces.md}.
 *
 * <p>Thread-safe; nothing here blocks.
 */
public final class GridTraces implements AutoCloseable {

  static final String SCOPE = "io.shardgrid";

  private final OtelTracer tracer;
  private final List<TraceSwitch> bound = new CopyOnWriteArrayList<>();

  /** Spans of this OpenTelemetry. */
  public GridTraces(OpenTelemetry openTelemetry) {
    this(openTelemetry, null);
  }

  /**
   * The same, for one whose numbers can be chosen: then moves and decisions have a first span.
   *
   * @param ids null if they cannot
   */
  public GridTraces(OpenTelemetry openTelemetry, @Nullable RootIds ids) {
    this.tracer = new OtelTracer(openTelemetry.getTracer(SCOPE), ids);
  }

  /** From now on this node or client is followed, in place of what did so before. */
  public void bindTo(TraceSwitch traces) {
    bound.add(traces);
    traces.turnOn(
        new Tracing(
            tracer,
            traces.settings(),
            System::nanoTime,
            () -> ThreadLocalRandom.current().nextLong()));
  }

  /** No operation is followed any more; OpenTelemetry itself goes on. */
  @Override
  public void close() {
    bound.forEach(TraceSwitch::turnOff);
    bound.clear();
  }
}
