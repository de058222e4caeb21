package io.shardgrid.node.chart;

import java.util.Locale;

/** Elements of a drawing as text. Stateless. */
final class Svg {

  private Svg() {}

  /** A line. */
  static String rule(String kind, double x1, double y1, double x2, double y2) {
    return "<line class=\"%s\" x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\"/>"
        .formatted(kind, decimal(x1), decimal(y1), decimal(x2), decimal(y2));
  }

  /**
   * A text.
   *
   * @param anchor which part of it is at that place: start, middle or end
   */
  static String text(double x, double y, String kind, String anchor, String text) {
    return "<text class=\"%s\" x=\"%s\" y=\"%s\" text-anchor=\"%s\">%s</text>"
        .formatted(kind, decimal(x), decimal(y), anchor, escaped(text));
  }

  /** A title, and what its chart counts in. */
  static String title(double x, double y, String title, String unit) {
    return "<text class=\"title\" x=\"%s\" y=\"%s\">%s<tspan class=\"unit\" dx=\"8\">%s</tspan></text>"
        .formatted(decimal(x), decimal(y), escaped(title), escaped(unit));
  }

  /** A rectangle. */
  static String box(String kind, double x, double y, double width, double height) {
    return "<rect class=\"%s\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\"/>"
        .formatted(kind, decimal(x), decimal(y), decimal(width), decimal(height));
  }

  /** A place, or a length. */
  static String decimal(double number) {
    return String.format(Locale.ROOT, "%.1f", number);
  }

  /** A text as the content of an element. */
  static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
