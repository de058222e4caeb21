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
      JvmMeters.bindTo(registry);
      return new Meters(registry, ofGrid);
    }

    CompletableFuture<Told> look() {
      return ofGrid.look().toCompletableFuture().thenApply(done -> write());
    }

    private Told write() {
      return new Told(
          registry.scrape(Exposition.PLAIN_TYPE), registry.scrape(Exposition.OPEN_METRICS_TYPE));
    }
  }

  /**
   * Meters of a node that is a member.
   *
   * @param servers what its servers count
   * @param background makes them with the first scrape, which takes some tenths of a second
   */
  public Telemetry(
      GridAccess grid, List<ServerFigure> servers, LongSupplier nanoClock, Executor background) {
    this.grid = grid;
    this.servers = List.copyOf(servers);
    this.nanoClock = nanoClock;
    this.background = background;
  }

  /**
   * All meters. The stage ends with them in every case; what does not answer has none.
   *
   * @param accepted the forms that are wanted, as in the header Accept of HTTP; may be empty
   */
  public CompletionStage<Exposition> scrape(String accepted) {
    String type = Exposition.typeFor(accepted);
    boolean isOpenMetrics = type.equals(Exposition.OPEN_METRICS_TYPE);
    return look()
        .thenApply(told -> new Exposition(type, isOpenMetrics ? told.openMetrics : told.plain));
  }

  /** Makes a meter of a figure. */
  static void register(ServerFigure figure, MeterRegistry registry) {
    Tags labels =
        Tags.of(
            figure.labels().entrySet().stream()
                .map(label -> Tag.of(label.getKey(), label.getValue()))
                .toList());
    if (figure.isTotal()) {
      FunctionCounter.builder(PREFIX + figure.name(), figure, one -> one.value().getAsLong())
          .description(figure.help())
          .baseUnit(figure.unit())
          .tags(labels)
          .register(registry);
    } else {
      Gauge.builder(PREFIX + figure.name(), figure, one -> one.value().getAsLong())
          .description(figure.help())
          .baseUnit(figure.unit())
          .tags(labels)
          .strongReference(true)
          .register(registry);
    }
  }

  /** One look at a time: so no meter changes while others are written. */
  private synchronized CompletableFuture<Told> look() {
    long nowNanos = nanoClock.getAsLong();
    Look known = last;
    if (known != null && known.isFresh(nowNanos)) {
      return known.told;
    }
    CompletableFuture<Meters> all = meters;
    if (all == null) {
      all = CompletableFuture.supplyAsync(() -> Meters.of(grid, servers), background);
      meters = all;
    }
    CompletableFuture<Told> told = all.thenCompose(Meters::look);
    last = new Look(nowNanos, told);
    return told;
  }
}
