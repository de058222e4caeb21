package io.shardgrid.node.admin;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.shardgrid.autoscale.AutoscaleReport;
import io.shardgrid.health.HealthWord;
import io.shardgrid.node.access.GridAccess;
import io.shardgrid.sight.Appraisal;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The pages that say how the cluster is. Immutable. */
final class HealthPages {

  private final Clock clock;

  /** Pages that date reports by {@code clock}. */
  HealthPages(Clock clock) {
    this.clock = clock;
  }

  /** What can be read, by path. */
  Map<String, Recipe> reads() {
    return Map.of(
        "/health",
        new Recipe(
            "how the cluster is, in one word, and why; 503 if that word is LOST",
            Set.of(),
            (grid, parameters) -> health(grid)),
        "/health/report",
        new Recipe(
            "the same from four sides: stability, efficiency, security, adaptability",
            Set.of(),
            (grid, parameters) -> report(grid)));
  }

  private static CompletionStage<Reply> health(GridAccess grid) {
    return Recipe.replied(grid.look(), sight -> HealthJson.of(sight.health()))
        .thenApply(
            reply ->
                reply.body() instanceof HealthJson json
                        && json.health().equals(HealthWord.LOST.name())
                    ? new Reply(HttpResponseStatus.SERVICE_UNAVAILABLE, json)
                    : reply);
  }

  private CompletionStage<Reply> report(GridAccess grid) {
    CompletionStage<Appraisal.@Nullable Bounds> bounds =
        grid.autoscale(0)
            .<Appraisal.@Nullable Bounds>thenApply(HealthPages::bounds)
            .exceptionally(failure -> null);
    return Recipe.replied(
        grid.look()
            .thenCombine(
                bounds,
                (sight, known) -> Appraisal.of(clock.instant(), sight, grid.security(), known)),
        HealthJson::of);
  }

  private static Appraisal.Bounds bounds(AutoscaleReport report) {
    return new Appraisal.Bounds(report.nodesMin(), report.nodesMax());
  }
}
