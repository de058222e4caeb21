package io.shardgrid.metrics;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.Exemplar;
import io.prometheus.metrics.model.snapshots.Exemplars;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.shardgrid.meter.HistogramCounts;
import io.shardgrid.meter.NodeTally;
import java.util.ArrayList;
import java.util.List;

/**
 * Histograms with buckets for Prometheus. Micrometer makes buckets only of numbers that it has
 * recorded itself, one call each; these were counted by the shards already, so they go to the
 * registry behind it. They have the registry's common tags; other filters do not see them.
 */
final class PrometheusHistograms implements Histograms {

  private final PrometheusRegistry registry;
  private final List<Collector> collectors = new ArrayList<>();

  /** Registers all. */
  PrometheusHistograms(MeterRegistry registry, NodeTally tally) {
    this.registry = ((PrometheusMeterRegistry) registry).getPrometheusRegistry();
    List<Tag> common = commonTags(registry);
    for (Distribution one : Distribution.ALL) {
      Collector collector = new Shown(one, nameOf(one), common, tally);
      this.registry.register(collector);
      collectors.add(collector);
    }
  }

  /**
   * Whether a registry is one of Prometheus.
   *
   * @throws NoClassDefFoundError if there can be none
   */
  static boolean isFor(MeterRegistry registry) {
    return registry instanceof PrometheusMeterRegistry;
  }

  private static String nameOf(Distribution one) {
    String name = one.family().name().replace('.', '_');
    return one.family().unit() == null ? name : name + "_" + one.family().unit();
  }

  /** Those that the registry gives to every meter: seen in one that has none of its own. */
  private static List<Tag> commonTags(MeterRegistry registry) {
    Meter one = registry.find("shardgrid.memory.max").meter();
    return one == null
        ? List.of()
        : one.getId().getConventionTags(registry.config().namingConvention());
  }

  @Override
  public void look() {
    // Whatever is there is collected with each scrape.
  }

  @Override
  public void close() {
    collectors.forEach(registry::unregister);
    collectors.clear();
  }

  /** Histograms of one name. */
  private record Shown(Distribution one, String name, List<Tag> common, NodeTally tally)
      implements Collector {

    @Override
    public MetricSnapshot collect() {
      HistogramSnapshot.Builder all =
          HistogramSnapshot.builder().name(name).help(one.family().help());
      for (Distribution.Series series : one.series().apply(tally)) {
        all.dataPoint(point(series));
      }
      return all.build();
    }

    private HistogramDataPointSnapshot point(Distribution.Series series) {
      HistogramCounts counts = series.counts();
      ClassicHistogramBuckets.Builder buckets = ClassicHistogramBuckets.builder();
      for (int i = 0; i < counts.counts().length; i++) {
        boolean isLast = i == counts.bounds().length;
        buckets.bucket(
            isLast ? Double.POSITIVE_INFINITY : one.shown(counts.bounds()[i]), counts.counts()[i]);
      }
      Labels.Builder labels = Labels.builder();
      common.forEach(tag -> labels.label(tag.getKey(), tag.getValue()));
      series.tags().forEach(tag -> labels.label(tag.getKey(), tag.getValue()));
      return HistogramDataPointSnapshot.builder()
          .classicHistogramBuckets(buckets.build())
          .sum(one.shown(counts.sum()))
          .labels(labels.build())
          .exemplars(exemplars(counts))
          .build();
    }

    /** They are seen in the form of OpenMetrics alone. */
    private Exemplars exemplars(HistogramCounts counts) {
      return Exemplars.of(
          counts.exemplars().stream()
              .map(
                  exemplar ->
                      Exemplar.builder()
                          .value(one.shown(exemplar.number()))
                          .traceId(exemplar.trace().traceId())
                          .spanId(exemplar.trace().spanId())
                          .timestampMillis(exemplar.wallMillis())
                          .build())
              .toList());
    }
  }
}
