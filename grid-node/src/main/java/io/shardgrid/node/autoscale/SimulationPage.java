package io.shardgrid.node.autoscale;

import io.shardgrid.autoscale.MetricProposal;
import io.shardgrid.autoscale.MetricVerdict;
import io.shardgrid.autoscale.ScaleReason;
import io.shardgrid.node.autoscale.SimulationResult.Step;
import io.shardgrid.node.chart.Axis;
import io.shardgrid.node.chart.ChartStack;
import io.shardgrid.node.chart.LineChart;
import io.shardgrid.node.chart.LineChart.Line;
import io.shardgrid.node.chart.LineChart.Mark;
import io.shardgrid.node.chart.LineChart.Point;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** Results of simulations, as text and as charts. Stateless. */
final class SimulationPage {

  private static final int SIZE_LINE = 1;

  private SimulationPage() {}

  /** For people: each change with its reasons, then what it comes to. */
  static List<String> lines(SimulationResult result) {
    List<String> lines = new ArrayList<>();
    lines.add(row("SECONDS", "LOAD", "CAN DO", "NODES", "CHANGE", "WHY"));
    for (Step step : result.changes()) {
      lines.add(
          row(
              step.at(),
              String.format(Locale.ROOT, "%,.0f", step.load()),
              String.format(Locale.ROOT, "%,.0f", step.capacity()),
              step.nodes(),
              String.format(Locale.ROOT, "%+d", step.change()),
              why(step)));
    }
    lines.addAll(summary(result));
    return lines;
  }

  private static List<String> summary(SimulationResult result) {
    List<String> lines = new ArrayList<>();
    long out = result.changes().stream().filter(step -> step.change() > 0).count();
    lines.add(
        "%d decisions: %d times nodes are started, %d times one goes, %d reversals"
            .formatted(
                result.steps().size(), out, result.changes().size() - out, result.reversals()));
    lines.add(
        String.format(
            Locale.ROOT,
            "%.1f node-hours, with %d nodes all the time it were %.1f; %.2f %% of the load was more"
                + " than nodes could do",
            result.nodeHours(),
            result.mostNodes(),
            result.nodeHoursAtMost(),
            result.unservedPercent()));
    String held =
        heldBack(result).entrySet().stream()
            .map(entry -> entry.getKey() + " " + entry.getValue())
            .collect(Collectors.joining(", "));
    lines.add("Decisions that were influenced: " + (held.isEmpty() ? "none" : held));
    return lines;
  }

  /** How many decisions each cause influenced. */
  private static Map<ScaleReason.Cause, Long> heldBack(SimulationResult result) {
    Map<ScaleReason.Cause, Long> held = new EnumMap<>(ScaleReason.Cause.class);
    for (Step step : result.steps()) {
      step.told().reasons().stream()
          .map(ScaleReason::cause)
          .distinct()
          .forEach(cause -> held.merge(cause, 1L, Long::sum));
    }
    return held;
  }

  private static String why(Step step) {
    List<String> parts = new ArrayList<>();
    for (MetricVerdict metric : step.told().metrics()) {
      if (metric.proposal() instanceof MetricProposal.Size size) {
        parts.add(metric.name() + " " + size.reported() + " %: " + size.nodes() + " nodes");
      }
    }
    step.told().reasons().forEach(reason -> parts.add(reason.text()));
    return String.join("; ", parts);
  }

  private static String row(Object... cells) {
    return String.format(Locale.ROOT, "%9s  %10s  %10s  %5s  %6s  %s", cells);
  }

  /** Load and capacity above, nodes and decisions below. */
  static ChartStack charts(SimulationResult result, String subtitle) {
    List<Step> steps = result.steps();
    double end = steps.get(steps.size() - 1).at();
    Axis seconds = Axis.linear("seconds", end);
    double most =
        steps.stream().mapToDouble(step -> Math.max(step.load(), step.capacity())).max().orElse(1);
    String title = "simulate-autoscale: " + result.trace().name();
    LineChart load =
        new LineChart(
            title,
            subtitle,
            seconds,
            Axis.linear("operations a second", most),
            List.of(line("load", steps, Step::load), stairs("capacity", steps, Step::capacity)));
    int nodes =
        steps.stream().mapToInt(step -> Math.max(step.nodes(), step.proposed())).max().orElse(1);
    LineChart sizes =
        new LineChart(
            "Nodes and decisions",
            "a circle is a decision; point at it for its reasons",
            seconds,
            Axis.linear("nodes", nodes),
            List.of(
                stairs("asked for by the load", steps, Step::proposed),
                stairs("nodes", steps, Step::nodes)),
            result.changes().stream().map(SimulationPage::mark).toList());
    return new ChartStack(title, List.of(load, sizes));
  }

  private static Mark mark(Step step) {
    String text = String.format(Locale.ROOT, "%d s: %+d; %s", step.at(), step.change(), why(step));
    return new Mark(new Point(step.at(), step.nodes() + step.change()), SIZE_LINE, text);
  }

  private static Line line(String label, List<Step> steps, ToDoubleFunction<Step> value) {
    return new Line(
        label,
        steps.stream().map(step -> new Point(step.at(), value.applyAsDouble(step))).toList());
  }

  /** A line of what changes at once. */
  private static Line stairs(String label, List<Step> steps, ToDoubleFunction<Step> value) {
    List<Point> points = new ArrayList<>();
    double last = value.applyAsDouble(steps.get(0));
    for (Step step : steps) {
      double next = value.applyAsDouble(step);
      if (next != last) {
        points.add(new Point(step.at(), last));
      }
      points.add(new Point(step.at(), next));
      last = next;
    }
    return new Line(label, points);
  }
}
