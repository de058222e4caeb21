package io.shardgrid.node.bench;

import io.shardgrid.node.chart.Axis;
import io.shardgrid.node.chart.LineChart;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/** Draws latencies by percentile, a line for each load. Stateless. */
final class LatencyChart {

  private static final double NANOS_PER_MICRO = 1e3;
  private static final double ALL_PERCENT = 100;
  private static final int POINTS_A_HALVING = 5;

  private LatencyChart() {}

  /**
   * The chart.
   *
   * @param loads latencies in nanoseconds by the name of the load, none of them empty
   */
  static LineChart of(LoadPlan plan, Map<String, Histogram> loads) {
    long most = 1;
    double min = Double.MAX_VALUE;
    double max = 0;
    List<LineChart.Line> lines = new ArrayList<>();
    for (Map.Entry<String, Histogram> load : loads.entrySet()) {
      Histogram latency = load.getValue();
      most = Math.max(most, latency.getTotalCount());
      min = Math.min(min, latency.getValueAtPercentile(0) / NANOS_PER_MICRO);
      max = Math.max(max, latency.getMaxValue() / NANOS_PER_MICRO);
      lines.add(new LineChart.Line(load.getKey(), points(latency)));
    }
    return new LineChart(
        "bench " + plan.bench() + ": latency from when an operation was due",
        plan.subtitle(),
        Axis.percentiles("percentile of the operations", (double) most),
        Axis.logarithmic("latency in microseconds", min, max),
        lines);
  }

  private static List<LineChart.Point> points(Histogram latency) {
    List<LineChart.Point> points = new ArrayList<>();
    // The last percentile lies infinitely far out: it is drawn where one operation in all of them
    // is.
    double last = ALL_PERCENT * (1 - 1.0 / Math.max(2, latency.getTotalCount()));
    for (HistogramIterationValue value : latency.percentiles(POINTS_A_HALVING)) {
      double percentile = Math.min(last, value.getPercentileLevelIteratedTo());
      points.add(new LineChart.Point(percentile, value.getValueIteratedTo() / NANOS_PER_MICRO));
    }
    return points;
  }
}
