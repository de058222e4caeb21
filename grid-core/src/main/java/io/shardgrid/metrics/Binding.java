package io.shardgrid.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.shardgrid.autoscale.AutoscaleReport;
import io.shardgrid.key.MigrationReport;
import io.shardgrid.meter.NodeMeters;
import io.shardgrid.meter.NodeTally;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The meters of a node in one registry, from its binding to its end. Thread-safe by its lock. */
final class Binding {

  private final Enrolment enrolment;
  private final @Nullable MapSeries maps;
  private final List<Histograms> histograms = new ArrayList<>();
  private final AutoscalerSeries autoscaler;
  private final MigrationSeries migrations;
  private boolean isClosed;

  Binding(MeterRegistry registry, NodeMeters node) {
    this.enrolment = new Enrolment(registry);
    NodeTally tally = node.tally();
    new NodeSeries(enrolment, node).enrol();
    this.maps = tally == null ? null : new MapSeries(enrolment, tally);
    if (tally != null) {
      addHistograms(registry, tally);
    }
    this.autoscaler = new AutoscalerSeries(registry);
    this.migrations = new MigrationSeries(registry);
  }

  /** Each registry of a composite has a form of its own for what it cannot record. */
  private void addHistograms(MeterRegistry registry, NodeTally tally) {
    if (registry instanceof CompositeMeterRegistry composite) {
      composite.getRegistries().forEach(one -> addHistograms(one, tally));
    } else {
      histograms.add(Histograms.in(registry, tally));
    }
  }

  /** Shows what was found; nulls for what is not of this node, or not known. */
  synchronized void show(@Nullable AutoscaleReport autoscale, @Nullable MigrationReport moves) {
    if (isClosed) {
      return;
    }
    if (maps != null) {
      maps.look();
    }
    histograms.forEach(Histograms::look);
    autoscaler.show(autoscale);
    migrations.show(moves);
  }

  synchronized void close() {
    isClosed = true;
    histograms.forEach(Histograms::close);
    autoscaler.close();
    migrations.close();
    enrolment.removeAll();
  }
}
