package io.shardgrid.node.telemetry;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.shardgrid.autoscale.AutoscaleReport;
import io.shardgrid.autoscale.AutoscaleReport.Made;
import io.shardgrid.node.access.GridAccess;
import io.shardgrid.node.telemetry.AutoscalerFigures.Figure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Shows the cluster's autoscaler on the node where it runs, and nowhere else: there is one of it,
 * and sums over nodes should count it once. If it does not answer, nothing is shown.
 *
 * <p>Confined to one look at a time; meters may be read meanwhile.
 */
final class AutoscalerProbe implements Probe {

  private static final long ANSWER_SECONDS_MAX = 5;

  private final GridAccess grid;
  private final MeterRegistry registry;
  private final Map<Figure, MultiGauge> gauges = new LinkedHashMap<>();
  private final List<Meter> counters = new ArrayList<>();
  private volatile Made made = Made.NONE;

  AutoscalerProbe(GridAccess grid, MeterRegistry registry) {
    this.grid = grid;
    this.registry = registry;
    for (Figure figure : AutoscalerFigures.ALL) {
      gauges.put(
          figure,
          MultiGauge.builder(figure.name())
              .description(figure.help())
              .baseUnit(figure.unit())
              .register(registry));
    }
  }

  @Override
  public CompletionStage<Void> look() {
    return grid.autoscale(1)
        .toCompletableFuture()
        .copy()
        .orTimeout(ANSWER_SECONDS_MAX, TimeUnit.SECONDS)
        .handle(
            (report, failure) -> {
              show(report);
              return null;
            });
  }

  private void show(@Nullable AutoscaleReport report) {
    AutoscaleReport own = report != null && report.node().equals(grid.self()) ? report : null;
    gauges.forEach(
        (figure, gauge) ->
            gauge.register(own == null ? List.of() : figure.rows().apply(own), true));
    if (own == null) {
      counters.forEach(registry::remove);
      counters.clear();
      return;
    }
    made = own.made();
    if (counters.isEmpty()) {
      counters.add(counter("stay", probe -> probe.made.stays()));
      counters.add(counter("add", probe -> probe.made.additions()));
      counters.add(counter("remove", probe -> probe.made.removals()));
    }
  }

  private Meter counter(String action, ToDoubleFunction<AutoscalerProbe> count) {
    return FunctionCounter.builder("shardgrid.autoscaler.decisions", this, count)
        .description("Decisions since the autoscaler began on this node, by what is to be done")
        .tag("action", action)
        .register(registry);
  }
}
