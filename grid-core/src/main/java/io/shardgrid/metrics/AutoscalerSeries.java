package io.shardgrid.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.shardgrid.autoscale.AutoscaleReport;
import io.shardgrid.autoscale.AutoscaleReport.Made;
import io.shardgrid.metrics.AutoscalerFigures.Figure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Shows the cluster's autoscaler on the node where it runs, and nowhere else: there is one of it,
 * and sums over nodes should count it once. If it does not answer, nothing is shown.
 *
 * <p>Confined to one look at a time; meters may be read meanwhile.
 */
final class AutoscalerSeries {

  private final MeterRegistry registry;
  private final Map<Figure, MultiGauge> gauges = new LinkedHashMap<>();
  private final List<Meter> counters = new ArrayList<>();
  private volatile Made made = Made.NONE;

  AutoscalerSeries(MeterRegistry registry) {
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

  /** Shows the autoscaler of this node; null if there is none, or it does not answer. */
  void show(@Nullable AutoscaleReport own) {
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
      counters.add(counter("stay", series -> series.made.stays()));
      counters.add(counter("add", series -> series.made.additions()));
      counters.add(counter("remove", series -> series.made.removals()));
    }
  }

  void close() {
    show(null);
  }

  private Meter counter(String action, ToDoubleFunction<AutoscalerSeries> count) {
    return FunctionCounter.builder("shardgrid.autoscaler.decisions", this, count)
        .description("Decisions since the autoscaler began on this node, by what is to be done")
        .tag("action", action)
        .register(registry);
  }
}
