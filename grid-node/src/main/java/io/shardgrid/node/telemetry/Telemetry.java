package io.shardgrid.node.telemetry;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.shardgrid.metrics.GridMetrics;
import io.shardgrid.node.access.GridAccess;
import io.shardgrid.node.access.ServerFigure;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The node's meters. Thread-safe; nothing here blocks.
 *
 * <p>What others have to be asked for is asked with a scrape, at most once a second: scrapes that
 * come meanwhile are told the same.
 */
public final class Telemetry {

  private static final long FRESH_NANOS = Duration.ofSeconds(1).toNanos();

  private static final String PREFIX = "shardgrid.";

  private final GridAccess grid;
  private final List<ServerFigure> servers;
  private final LongSupplier nanoClock;
  private final Executor background;
  private @Nullable CompletableFuture<Meters> meters;
  private @Nullable Look last;

  /** One look at everything, and when it began. */
  private record Look(long beganNanos, CompletableFuture<Told> told) {

    boolean isFresh(long nowNanos) {
      return !told.isDone() || nowNanos - beganNanos < FRESH_NANOS;
    }
  }

  /** What was seen, in both forms. */
  private record Told(String plain, String openMetrics) {}

  /** All meters, and who has to be asked for them. */
  private record Meters(PrometheusMeterRegistry registry, GridMetrics ofGrid) {

    static Meters of(GridAccess grid, List<ServerFigure> servers) {
      PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
      GridMetrics ofGrid = GridMetrics.onRequest(grid);
      ofGrid.bindTo(registry);
      servers.forEach(figure -> register(figure, registry));
      CertificateFigures.of(grid::certificates).forEach(figure -> register(figure, registry));
