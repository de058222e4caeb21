package io.shardgrid.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.shardgrid.meter.NodeTally;

/** Shows the histograms of a node in one registry. */
interface Histograms {

  /** Begins to show what there is now. Called by one thread at a time. */
  void look();

  /** Takes all out again. */
  void close();

  /** As proper histograms where the registry is that of Prometheus, else as counts and sums. */
  static Histograms in(MeterRegistry registry, NodeTally tally) {
    try {
      if (PrometheusHistograms.isFor(registry)) {
        return new PrometheusHistograms(registry, tally);
      }
    } catch (NoClassDefFoundError e) {
      // Whoever has no Prometheus on the class path has no registry of it.
    }
    return new SummedHistograms(registry, tally);
  }
}
