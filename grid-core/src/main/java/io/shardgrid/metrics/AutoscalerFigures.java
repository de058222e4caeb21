package io.shardgrid.metrics;

import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.shardgrid.autoscale.AutoscaleMode;
import io.shardgrid.autoscale.AutoscaleReport;
import io.shardgrid.autoscale.DecisionReport;
import io.shardgrid.autoscale.ScaleReason;
import io.shardgrid.autoscale.ScaleReason.Cause;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What gauges show of an autoscaler, each by one rule from its report. Stateless. */
final class AutoscalerFigures {

  private static final String PREFIX = "shardgrid.autoscaler.";
  private static final double MILLIS_PER_SECOND = 1e3;

  /**
   * What one gauge shows.
   *
   * @param name with dots
   * @param unit the end of the name; null for plain numbers
   * @param rows its series
   */
  record Figure(
      String name,
      String help,
      @Nullable String unit,
      Function<AutoscaleReport, List<Row<?>>> rows) {}

  /** All of them. */
  static final List<Figure> ALL =
      List.of(
          figure("mode", "1 for the mode that is set, else 0", AutoscalerFigures::modes),
          number(
              "in.charge",
              "1 if the autoscaler has taken over and decides, else 0",
              report -> report.isInCharge() ? 1 : 0),
          number(
              "members",
              "Members of the cluster, those on their way in or out too",
              AutoscaleReport::members),
          number("nodes.min", "Fewest nodes that are allowed", AutoscaleReport::nodesMin),
          number("nodes.max", "Most nodes that are allowed", AutoscaleReport::nodesMax),
          number(
              "order.in.progress",
              "1 while nodes are being started, or one is being drained and ended, else 0",
              report -> report.order() == null ? 0 : 1),
          decided(
              "nodes",
              "Nodes at the last decision, without those that leave",
              decision -> one(decision.nodes())),
          decided(
              "nodes.wanted",
              "Nodes that there should be by the last decision, within the window and all limits",
              decision -> one(decision.limited())),
          new Figure(
              PREFIX + "last.decision.timestamp",
              "When the last decision was made, in seconds since 1970",
              "seconds",
              ofLast(decision -> one(decision.at().toEpochMilli() / MILLIS_PER_SECOND))),
          decided(
              "metric.ratio",
              "What a metric reads, divided by its target; no series if it cannot be read",
              AutoscalerFigures::ratios),
          decided(
              "metric.nodes",
              "Nodes that a metric asks for; no series if it cannot be read",
              AutoscalerFigures::proposals),
          decided(
              "holds",
              "1 for each cause that influenced the last decision, else 0",
              AutoscalerFigures::holds));

  private AutoscalerFigures() {}

  private static Figure figure(
      String name, String help, Function<AutoscaleReport, List<Row<?>>> rows) {
    return new Figure(PREFIX + name, help, null, rows);
  }

  private static Figure number(String name, String help, ToDoubleFunction<AutoscaleReport> value) {
    return figure(name, help, report -> one(value.applyAsDouble(report)));
  }

  private static Figure decided(
      String name, String help, Function<DecisionReport, List<Row<?>>> rows) {
    return figure(name, help, ofLast(rows));
  }

  private static Function<AutoscaleReport, List<Row<?>>> ofLast(
      Function<DecisionReport, List<Row<?>>> rows) {
    return report ->
        report.decisions().isEmpty() ? List.of() : rows.apply(report.decisions().get(0));
  }

  private static List<Row<?>> modes(AutoscaleReport report) {
    return Arrays.stream(AutoscaleMode.values())
        .<Row<?>>map(mode -> row("mode", word(mode), mode == report.mode() ? 1 : 0))
        .toList();
  }

  private static List<Row<?>> ratios(DecisionReport decision) {
    return decision.metrics().stream()
        .filter(metric -> metric.reported() >= 0)
        .<Row<?>>map(
            metric -> row("metric", metric.name(), (double) metric.reported() / metric.target()))
        .toList();
  }

  private static List<Row<?>> proposals(DecisionReport decision) {
    return decision.metrics().stream()
        .filter(metric -> metric.proposed() >= 0)
        .<Row<?>>map(metric -> row("metric", metric.name(), metric.proposed()))
        .toList();
  }

  /** The choice only says why this node goes, and no other one. */
  private static List<Row<?>> holds(DecisionReport decision) {
    Set<Cause> causes =
        decision.reasons().stream().map(ScaleReason::cause).collect(Collectors.toSet());
    return Arrays.stream(Cause.values())
        .filter(cause -> cause != Cause.CHOICE)
        .<Row<?>>map(cause -> row("cause", word(cause), causes.contains(cause) ? 1 : 0))
        .toList();
  }

  private static List<Row<?>> one(double value) {
    return List.of(Row.of(Tags.empty(), value));
  }

  private static Row<?> row(String label, String value, double number) {
    return Row.of(Tags.of(label, value), number);
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
