package io.shardgrid.node.chart;

import java.util.ArrayList;
import java.util.List;

/**
 * Charts one below the other in one SVG document. Immutable.
 *
 * @param charts from top to bottom
 */
public record ChartStack(String title, List<LineChart> charts) {

  public ChartStack {
    charts = List.copyOf(charts);
  }

  /** The document. */
  public String svg() {
    List<String> parts = new ArrayList<>();
    for (int chart = 0; chart < charts.size(); chart++) {
      parts.add("<g transform=\"translate(0 %d)\">".formatted(chart * LineChart.HEIGHT));
      parts.addAll(charts.get(chart).content());
      parts.add("</g>");
    }
    return LineChart.document(title, charts.size() * LineChart.HEIGHT, parts);
  }
}
