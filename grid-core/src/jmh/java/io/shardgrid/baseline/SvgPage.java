package io.shardgrid.baseline;

import java.util.Locale;

/** Writes an SVG image, element by element. Coordinates are pixels; looks come from classes. */
final class SvgPage {

  /** Where a text stands relative to its coordinates. */
  enum Anchor {
    START,
    MIDDLE,
    END
  }

  private final StringBuilder elements = new StringBuilder();
  private final double width;
  private final double height;

  SvgPage(double width, double height) {
    this.width = width;
    this.height = height;
  }

  void text(String style, Anchor anchor, double x, double y, String text) {
    elements.append(
        format(
            "<text class=\"%s\" text-anchor=\"%s\" x=\"%.1f\" y=\"%.1f\">%s</text>%n",
            style, anchor.name().toLowerCase(Locale.ROOT), x, y, escaped(text)));
  }

  void line(String style, double x1, double y1, double x2, double y2) {
    elements.append(
        format(
            "<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>%n",
            style, x1, y1, x2, y2));
  }

  void box(String style, double x, double y, double boxWidth, double boxHeight) {
    elements.append(
        format(
            "<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" rx=\"4\"/>%n",
            style, x, y, boxWidth, boxHeight));
  }

  /** Joins points, x and y in turn. */
  void curve(String style, double[] points) {
    elements.append("<polyline class=\"").append(style).append("\" points=\"");
    append(points);
    elements.append("\"/>\n");
  }

  /** Fills the shape between points, x and y in turn. */
  void shape(String style, double[] points, String tooltip) {
    elements.append("<polygon class=\"").append(style).append("\" points=\"");
    append(points);
    elements.append("\"><title>").append(escaped(tooltip)).append("</title></polygon>\n");
  }

  /** The whole image. */
  String document(String title, String css) {
    return format(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" width=\"%.0f\" height=\"%.0f\""
                + " viewBox=\"0 0 %.0f %.0f\">%n<title>%s</title>%n<style>%n%s</style>%n",
            width, height, width, height, escaped(title), css)
        + elements
        + "</svg>\n";
  }

  private void append(double[] points) {
    for (int i = 0; i < points.length; i += 2) {
      elements.append(format(i == 0 ? "%.1f,%.1f" : " %.1f,%.1f", points[i], points[i + 1]));
    }
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern.replace("%n", "\n"), values);
  }
}
