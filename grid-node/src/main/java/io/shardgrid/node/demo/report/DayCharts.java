package io.shardgrid.node.demo.report;

import io.shardgrid.node.chart.Axis;
import io.shardgrid.node.chart.LineChart.Point;
import io.shardgrid.node.chart.Strip;
import io.shardgrid.node.chart.Strip.Layer;
import io.shardgrid.node.chart.Strip.Look;
import io.shardgrid.node.chart.StripChart;
import io.shardgrid.node.demo.report.DayFacts.Second;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/** The day second by second: nodes, load, latency, errors, and bytes that moved. Stateless. */
final class DayCharts {

  private static final int BLUE = 0;
  private static final int ORANGE = 1;
  private static final int GREEN = 2;
  private static final int PURPLE = 3;
  private static final int RED = 4;
  private static final int BROWN = 5;

  private static final int FEW_TICKS = 3;
  private static final int TICKS = 5;
  private static final double MEBI = 1 << 20;
  private static final double MILLIS_MIN = 0.1;

  private DayCharts() {}

  static StripChart of(DayFacts facts) {
    return new StripChart(
        "The day second by second: nodes, operations, latency, failed operations, bytes moved",
        facts.length(),
        List.of(nodes(facts), load(facts), latency(facts), failed(facts), moved(facts)),
        facts.changes().stream().map(DayCharts::event).toList());
  }

  private static StripChart.Event event(Change change) {
    return new StripChart.Event(
        Long.toString(change.number()),
        change.at(),
        change.until(),
        "%s %s. %s".formatted(Words.clock(change.at()), Words.what(change), Words.why(change)));
  }

  private static Strip nodes(DayFacts facts) {
    int most =
        facts.seconds().stream()
            .mapToInt(second -> Math.max(second.nodes(), second.asked()))
            .max()
            .orElse(1);
    return new Strip(
        "Nodes",
        Axis.counting("", Math.max(most, facts.setup().nodesMax())),
        110,
        List.of(
            new Layer("running", Look.AREA, BLUE, stairs(facts, Second::nodes, any -> true)),
            new Layer(
                "asked for by the load",
                Look.DASHES,
                ORANGE,
                stairs(facts, Second::asked, second -> second.asked() >= 0))));
  }

  private static Strip load(DayFacts facts) {
    int each = facts.setup().targetEach();
    double most =
        facts.seconds().stream()
            .mapToDouble(
                second ->
                    Math.max(
                        second.nodes() * (double) each,
                        Math.max(second.due(), second.load().done())))
            .max()
            .orElse(1);
    return new Strip(
        "Load",
        Axis.linear("operations a second", most, TICKS),
        170,
        List.of(
            new Layer(
                "nodes \u00d7 target",
                Look.LINE,
                GREEN,
                stairs(facts, second -> second.nodes() * (double) each, any -> true)),
            new Layer(
                "done", Look.AREA, BLUE, line(facts, second -> second.load().done(), any -> true)),
            new Layer("asked", Look.DASHES, ORANGE, line(facts, Second::due, any -> true))));
  }

  private static Strip latency(DayFacts facts) {
    Predicate<Second> isKnown = second -> second.load().slowMillis() > 0;
    double min =
        facts.seconds().stream()
            .filter(isKnown)
            .mapToDouble(second -> second.load().middleMillis())
            .min()
            .orElse(1);
    double max =
        facts.seconds().stream().mapToDouble(second -> second.load().slowMillis()).max().orElse(1);
    return new Strip(
        "Latency",
        Axis.logarithmic("ms, from when it was due", Math.max(MILLIS_MIN, min), Math.max(1, max)),
        130,
        List.of(
            new Layer(
                "p99", Look.LINE, PURPLE, line(facts, one -> one.load().slowMillis(), isKnown)),
            new Layer(
                "p50", Look.LINE, BLUE, line(facts, one -> one.load().middleMillis(), isKnown))));
  }

  private static Strip failed(DayFacts facts) {
    long most =
        facts.seconds().stream().mapToLong(second -> second.load().failed()).max().orElse(0L);
    return new Strip(
        "Failed operations",
        most == 0 ? Axis.counting("a second: none", 0) : Axis.linear("a second", (double) most, 2),
        36,
        List.of(
            new Layer(
                "",
                Look.BARS,
                RED,
                line(facts, second -> (double) second.load().failed(), any -> true))));
  }

  private static Strip moved(DayFacts facts) {
    List<Second> seconds = facts.seconds();
    List<Point> points = new ArrayList<>();
    double most = 0;
    for (int index = 1; index < seconds.size(); index++) {
      Second second = seconds.get(index);
      Second before = seconds.get(index - 1);
      double rate =
          (second.copiedBytes() - before.copiedBytes())
              / MEBI
              / Math.max(MILLIS_MIN, second.at() - before.at());
      points.add(new Point(second.at(), rate));
      most = Math.max(most, rate);
    }
    return new Strip(
        "Data moved between nodes",
        Axis.linear("MiB a second", most, FEW_TICKS),
        80,
        List.of(new Layer("", Look.AREA, BROWN, points)));
  }

  private static List<Point> line(
      DayFacts facts, ToDoubleFunction<Second> value, Predicate<Second> isKnown) {
    return facts.seconds().stream()
        .filter(isKnown)
        .map(second -> new Point(second.at(), value.applyAsDouble(second)))
        .toList();
  }

  /** A line of what changes at once. */
  private static List<Point> stairs(
      DayFacts facts, ToDoubleFunction<Second> value, Predicate<Second> isKnown) {
    List<Point> points = new ArrayList<>();
    for (Point next : line(facts, value, isKnown)) {
      if (!points.isEmpty() && points.get(points.size() - 1).y() != next.y()) {
        points.add(new Point(next.x(), points.get(points.size() - 1).y()));
      }
      points.add(next);
    }
    return points;
  }
}
