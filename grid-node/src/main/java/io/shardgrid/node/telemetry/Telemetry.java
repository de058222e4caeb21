package io.shardgrid.node.telemetry;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.shardgrid.node.access.GridAccess;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
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

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final List<Probe> probes;
  private final LongSupplier nanoClock;
  private @Nullable Look last;

  /** One look at everything, and when it began. */
  private record Look(long beganNanos, CompletableFuture<Told> told) {

    boolean isFresh(long nowNanos) {
      return !told.isDone() || nowNanos - beganNanos < FRESH_NANOS;
    }
  }

  /** What was seen, in both forms. */
  private record Told(String plain, String openMetrics) {}

  /** Meters of a node that is a member. */
  public Telemetry(GridAccess grid, LongSupplier nanoClock) {
    this.probes = List.of(new AutoscalerProbe(grid, registry));
    this.nanoClock = nanoClock;
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
    CompletableFuture<?>[] looks =
        probes.stream()
            .map(probe -> probe.look().toCompletableFuture())
            .toArray(CompletableFuture<?>[]::new);
    CompletableFuture<Told> told = CompletableFuture.allOf(looks).thenApply(done -> write());
    last = new Look(nowNanos, told);
    return told;
  }

  private Told write() {
    return new Told(
        registry.scrape(Exposition.PLAIN_TYPE), registry.scrape(Exposition.OPEN_METRICS_TYPE));
  }
}
