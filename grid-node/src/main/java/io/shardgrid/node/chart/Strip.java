package io.shardgrid.node.chart;

import io.shardgrid.node.chart.LineChart.Point;
import java.util.List;

/**
 * One of several flat charts over one axis of time. Immutable.
 *
 * @param title what it shows; its unit is the title of its axis
 * @param height of what is between its axes
 * @param layers drawn in this order
 */
public record Strip(String title, Axis y, int height, List<Layer> layers) {

  public Strip {
    layers = List.copyOf(layers);
  }

  /** How a layer is drawn. */
  public enum Look {
    /** A line. */
    LINE,
    /** A line of dashes, for what is wanted. */
    DASHES,
    /** A line, with all below it filled. */
    AREA,
    /** A bar at each point that is above the beginning of the axis. */
    BARS
  }

  /**
   * One set of points.
   *
   * @param label its name in the legend; empty for none, where the title says it
   * @param colour place of its colour among those of all charts
   * @param points from left to right, in seconds and the unit of the axis
   */
  public record Layer(String label, Look look, int colour, List<Point> points) {

    public Layer {
      points = List.copyOf(points);
    }
  }
}
