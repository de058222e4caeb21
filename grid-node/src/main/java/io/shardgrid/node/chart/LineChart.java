package io.shardgrid.node.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A chart of lines as an SVG document that needs nothing beside it, on a light or a dark ground as
 * its reader's screen is. Immutable.
 *
 * @param subtitle a line below the title
 * @param lines drawn in this order, each in a colour of its own
 * @param marks drawn above them
 */
public record LineChart(
    String title, String subtitle, Axis x, Axis y, List<Line> lines, List<Mark> marks) {

  private static final int WIDTH = 880;
  static final int HEIGHT = 540;
  private static final int LEFT = 90;
  private static final int RIGHT = 840;
  private static final int TOP = 100;
  private static final int BOTTOM = 470;
  private static final int CHARACTER = 8;

  /** Colours of classes, not variables: what draws a file outside of a browser knows no others. */
  private static final String STYLE =
      """
      <style>
        svg { font: 13px system-ui, sans-serif }
        text { fill: #59636e }
        .title { fill: #1f2328; font-size: 17px; font-weight: 600 }
        .label { fill: #1f2328 }
        .ground { fill: #ffffff }
        .grid { stroke: #d0d7de }
        .fine { stroke: #eff2f5 }
        .line { fill: none; stroke-width: 2; stroke-linejoin: round }
        .mark { fill: none; stroke-width: 2 }
        LIGHT
        @media (prefers-color-scheme: dark) {
          text { fill: #9198a1 }
          .title, .label { fill: #e6edf3 }
          .ground { fill: #0d1117 }
          .grid { stroke: #3d444d }
          .fine { stroke: #1c2128 }
          DARK
        }
      </style>
      """
          .replace("LIGHT", Palette.rules(false, ".c%d", "stroke"))
          .replace("DARK", Palette.rules(true, ".c%d", "stroke"));

  public LineChart {
    lines = List.copyOf(lines);
    marks = List.copyOf(marks);
  }

  /** A chart without marks. */
  public LineChart(String title, String subtitle, Axis x, Axis y, List<Line> lines) {
    this(title, subtitle, x, y, lines, List.of());
  }

  /**
   * One line.
   *
   * @param points from left to right
   */
  public record Line(String label, List<Point> points) {

    public Line {
      points = List.copyOf(points);
    }
  }

  /** A point in the units of the axes. */
  public record Point(double x, double y) {}

  /**
   * A point with a text that is shown when somebody points at it.
   *
   * @param line the line whose colour it has, by its place
   */
  public record Mark(Point at, int line, String text) {}

  /** The document. */
  public String svg() {
    return document(title, HEIGHT, content());
  }

  /** A document of the usual width around what charts have drawn. */
  static String document(String title, int height, List<String> content) {
    List<String> parts = new ArrayList<>();
    parts.add(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\">"
            .formatted(WIDTH, height));
    parts.add("<title>" + Svg.escaped(title) + "</title>");
    parts.add(STYLE.stripTrailing());
    parts.addAll(content);
    parts.add("</svg>");
    return String.join("\n", parts) + "\n";
  }

  /** All that is drawn. */
  List<String> content() {
    List<String> parts = new ArrayList<>();
    parts.add(
        "<rect class=\"ground\" width=\"%d\" height=\"%d\" rx=\"6\"/>".formatted(WIDTH, HEIGHT));
    parts.add(Svg.text(LEFT, 36, "title", "start", title));
    parts.add(Svg.text(LEFT, 60, "", "start", subtitle));
    drawAxes(parts);
    for (int line = 0; line < lines.size(); line++) {
      parts.add(path(lines.get(line), line % Palette.size()));
    }
    marks.forEach(mark -> parts.add(circle(mark)));
    drawLegend(parts);
    return parts;
  }

  private void drawAxes(List<String> parts) {
    for (Axis.Tick tick : x.ticks()) {
      double at = left(tick.value());
      parts.add(rule(tick, at, TOP, at, BOTTOM));
      parts.add(Svg.text(at, BOTTOM + 20, "", "middle", tick.label()));
    }
    for (Axis.Tick tick : y.ticks()) {
      double at = top(tick.value());
      parts.add(rule(tick, LEFT, at, RIGHT, at));
      parts.add(Svg.text(LEFT - 8, at + 4, "", "end", tick.label()));
    }
    parts.add(Svg.text((LEFT + RIGHT) / 2.0, BOTTOM + 46, "", "middle", x.title()));
    parts.add(Svg.text(LEFT, TOP - 12, "", "start", y.title()));
  }

  /** From right to left above the axes, where no line is. */
  private void drawLegend(List<String> parts) {
    int right = RIGHT;
    for (int line = lines.size() - 1; line >= 0; line--) {
      String label = lines.get(line).label();
      int left = right - CHARACTER * label.length();
      parts.add(Svg.text(left, TOP - 12, "label", "start", label));
      parts.add(
          "<line class=\"line c%d\" x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/>"
              .formatted(line % Palette.size(), left - 30, TOP - 16, left - 8, TOP - 16));
      right = left - 54;
    }
  }

  private String path(Line line, int colour) {
    String points =
        line.points().stream()
            .map(at -> Svg.decimal(left(at.x())) + "," + Svg.decimal(top(at.y())))
            .collect(Collectors.joining(" "));
    return "<polyline class=\"line c%d\" points=\"%s\"/>".formatted(colour, points);
  }

  private String circle(Mark mark) {
    return "<circle class=\"mark c%d\" cx=\"%s\" cy=\"%s\" r=\"4\"><title>%s</title></circle>"
        .formatted(
            mark.line() % Palette.size(),
            Svg.decimal(left(mark.at().x())),
            Svg.decimal(top(mark.at().y())),
            Svg.escaped(mark.text()));
  }

  private double left(double value) {
    return LEFT + x.share(value) * (RIGHT - LEFT);
  }

  private double top(double value) {
    return BOTTOM - y.share(value) * (BOTTOM - TOP);
  }

  private static String rule(Axis.Tick tick, double x1, double y1, double x2, double y2) {
    return Svg.rule(tick.label().isEmpty() ? "fine" : "grid", x1, y1, x2, y2);
  }
}
