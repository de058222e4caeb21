package io.shardgrid.node.bench;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What a load saw while a cluster grew, as rows of a file: its phases, and their seconds. */
final class GrowthRows {

  private static final List<String> NAMES =
      List.of(
          "at",
          "nodes",
          "entries",
          "value_bytes",
          "due_per_s",
          "phase",
          "second",
          "at_s",
          "seconds",
          "ops_per_s",
          "mean_ms",
          "p50_ms",
          "p95_ms",
          "p99_ms",
          "p999_ms",
          "max_ms",
          "errors");

  private final Growth.Plan plan;
  private final Growth.Result result;
  private final String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();

  GrowthRows(Growth.Plan plan, Growth.Result result) {
    this.plan = plan;
    this.result = result;
  }

  /** The columns. */
  static List<String> names() {
    return NAMES;
  }

  /** A row for each phase, with no second, and then one for each second of each phase. */
  List<List<String>> rows() {
    List<List<String>> rows = new ArrayList<>();
    for (Phase phase : result.phases()) {
      rows.add(row(phase.name(), "", "", phase));
    }
    for (Phase phase : result.phases()) {
      int second = 0;
      for (Timeline.Second one : result.seconds()) {
        if (one.of() == phase) {
          rows.add(
              row(phase.name(), Integer.toString(second), decimal("%.1f", one.at()), one.part()));
          second++;
        }
      }
    }
    return rows;
  }

  private List<String> row(String name, String second, String at, Phase phase) {
    return Stream.concat(
            Stream.of(
                now,
                Integer.toString(plan.nodes()),
                Integer.toString(plan.entries()),
                Integer.toString(plan.valueBytes()),
                Integer.toString(result.rate()),
                name,
                second,
                at),
            figures(phase))
        .toList();
  }

  private static Stream<String> figures(Phase phase) {
    return Stream.concat(
        Stream.of(
                phase.seconds(),
                phase.done() / phase.seconds(),
                phase.meanMillis(),
                phase.millis(50),
                phase.millis(95),
                phase.millis(99),
                phase.millis(99.9),
                phase.millis(100))
            .map(figure -> decimal("%.3f", figure)),
        Stream.of(Long.toString(phase.failures())));
  }

  private static String decimal(String form, double number) {
    return String.format(Locale.ROOT, form, number);
  }
}
