package io.shardgrid.autoscale;

import io.shardgrid.key.StrictSettings;

/**
 * A metric, and where its readings come from. Immutable.
 *
 * @param gauge name of the application's number, for {@link MetricSource#GAUGE}
 */
public record MetricRule(MetricSource source, String gauge, MetricSpec spec) {

  public MetricRule {
    String path = "grid.autoscale.metrics." + spec.name();
    StrictSettings.require(
        spec.kind() != MetricSpec.Kind.UTILIZATION || source.hasWhole(),
        path + ".kind",
        "average or value, as only cpu and memory have a whole",
        "utilization");
    StrictSettings.require(
        source != MetricSource.GAUGE || !gauge.isBlank(),
        path + ".gauge",
        "the name of a gauge, as source is gauge",
        "nothing");
  }
}
