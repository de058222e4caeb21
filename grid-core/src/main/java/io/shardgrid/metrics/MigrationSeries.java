package io.shardgrid.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.shardgrid.key.MigrationReport;
import io.shardgrid.key.MigrationReport.Totals;
import io.shardgrid.key.MigrationState;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Shows the moves of the cluster's shards on the node of its authority, and nowhere else. Confined
 * to one look at a time; meters may be read meanwhile.
 */
final class MigrationSeries {

  private static final Totals NONE = new Totals(0, 0, 0, 0, 0, 0, 0, 0);

  private final MeterRegistry registry;
  private final MultiGauge byState;
  private final MultiGauge waiting;
  private final MultiGauge bytesLeft;
  private final List<Meter> counters = new ArrayList<>();
  private volatile Totals totals = NONE;

  MigrationSeries(MeterRegistry registry) {
    this.registry = registry;
    this.byState =
        MultiGauge.builder("shardgrid.migrations")
            .description("Moves of shards in the cluster that are under way, by state")
            .register(registry);
    this.waiting =
        MultiGauge.builder("shardgrid.migrations.waiting")
            .description("Moves of shards in the cluster that are planned and have not begun")
            .register(registry);
    this.bytesLeft =
        MultiGauge.builder("shardgrid.migrations.left")
            .baseUnit("bytes")
            .description("Bytes of entries that moves of shards have yet to copy, an estimate")
            .register(registry);
  }

  /** Shows these moves; null if the authority is elsewhere, or does not answer. */
  void show(@Nullable MigrationReport report) {
    byState.register(report == null ? List.of() : states(report), true);
    waiting.register(report == null ? List.of() : one(report.totals().waiting()), true);
    bytesLeft.register(report == null ? List.of() : one(report.totals().bytesLeft()), true);
    if (report == null) {
      counters.forEach(registry::remove);
      counters.clear();
      return;
    }
    totals = report.totals();
    if (counters.isEmpty()) {
      counters.add(counter("done", series -> series.totals.done()));
      counters.add(counter("aborted", series -> series.totals.aborted()));
    }
  }

  void close() {
    show(null);
  }

  private static List<Row<?>> states(MigrationReport report) {
    Map<MigrationState, Integer> counts = new EnumMap<>(MigrationState.class);
    report.moves().forEach(move -> counts.merge(move.state(), 1, Integer::sum));
    List<Row<?>> rows = new ArrayList<>();
    for (MigrationState state : MigrationState.values()) {
      if (state != MigrationState.DONE && state != MigrationState.ABORTED) {
        rows.add(Row.of(Tags.of("state", NodeSeries.word(state)), counts.getOrDefault(state, 0)));
      }
    }
    return rows;
  }

  private static List<Row<?>> one(long number) {
    return List.of(Row.of(Tags.empty(), number));
  }

  private Meter counter(String result, ToDoubleFunction<MigrationSeries> count) {
    return FunctionCounter.builder("shardgrid.migrations.ended", this, count)
        .description("Moves of shards that have ended since the authority governs on this node")
        .tag("result", result)
        .register(registry);
  }
}
