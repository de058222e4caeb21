package io.shardgrid.node.telemetry;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.shardgrid.node.access.GridAccess;
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

  private final GridAccess grid;
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

  /** All meters, and what they have to be asked of. */
  private record Meters(PrometheusMeterRegistry registry, List<Probe> probes) {

    static Meters of(GridAccess grid) {
      PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
      return new Meters(registry, List.of(new AutoscalerProbe(grid, registry)));
    }

    CompletableFuture<Told> look() {
      CompletableFuture<?>[] looks =
          probes.stream()
              .map(probe -> probe.look().toCompletableFuture())
              .toArray(CompletableFuture<?>[]::new);
      return CompletableFuture.allOf(looks).thenApply(done -> write());
    }

    private Told write() {
      return new Told(
          registry.scrape(Exposition.PLAIN_TYPE), registry.scrape(Exposition.OPEN_METRICS_TYPE));
    }
  }

  /**
   * Meters of a node that is a member.
   *
   * @param background makes them with the first scrape, which takes some tenths of a second
   */
  public Telemetry(GridAccess grid, LongSupplier nanoClock, Executor background) {
    this.grid = grid;
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

  /** One look at a time: so no meter changes while others are written. */
  private synchronized CompletableFuture<Told> look() {
    long nowNanos = nanoClock.getAsLong();
    Look known = last;
    if (known != null && known.isFresh(nowNanos)) {
      return known.told;
    }
    CompletableFuture<Meters> all = meters;
    if (all == null) {
      all = CompletableFuture.supplyAsync(() -> Meters.of(grid), background);
      meters = all;
    }
    CompletableFuture<Told> told = all.thenCompose(Meters::look);
    last = new Look(nowNanos, told);
    return told;
  }
}
