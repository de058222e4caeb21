package io.shardgrid.node.chart;

import io.shardgrid.node.chart.LineChart.Point;
import io.shardgrid.node.chart.Strip.Layer;
import io.shardgrid.node.chart.StripChart.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Draws a {@link StripChart} for one width. Confined to one call. */
final class StripDrawing {
  /*
   *   badges      (1)      (2)            in rows, so that none covers another
   *   title       legend                  the legend below the title where both are too wide
   *   unit
   *   1000 |      :  line  :
   *      0 |______:________:_____
   *   title ...                           the next strip
   *         0:00      1:00   time         below the last one
   */

  private static final int LEFT = 58;
  private static final int RIGHT_MARGIN = 14;
  private static final int BADGE = 9;
  private static final int BADGE_ROW = 22;
  private static final int HEAD = 26;
  private static final int LEGEND_ROW = 18;
  private static final int GAP = 14;
  private static final int FOOT = 40;
  private static final double CHARACTER = 6.4;
  private static final double BOLD = 8.2;
  private static final int KEY = 22;
  private static final int KEY_GAP = 16;
  private static final int TICK_ROOM = 62;
  private static final double BAR_MIN = 1.5;

  private final StripChart chart;
  private final int width;
  private final double right;
  private final Axis time;
  private final List<String> parts = new ArrayList<>();

  StripDrawing(StripChart chart, int width) {
    this.chart = chart;
    this.width = width;
    this.right = width - RIGHT_MARGIN;
    this.time = Axis.time("minutes:seconds", chart.seconds(), (int) ((right - LEFT) / TICK_ROOM));
  }

  String svg(String kind) {
    double top = drawBadges();
    double first = top;
    List<Double> bottoms = new ArrayList<>();
    for (Strip strip : chart.strips()) {
      double plot = top + HEAD + drawHead(strip, top + HEAD - 10);
      drawStrip(strip, plot);
      bottoms.add(plot + strip.height());
      top = plot + strip.height() + GAP;
    }
    double bottom = bottoms.get(bottoms.size() - 1);
    drawTimes(bottom);
    List<String> all = new ArrayList<>();
    all.add(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"strips %s\" viewBox=\"0 0 %d %.0f\" role=\"img\">"
            .formatted(kind, width, bottom + FOOT));
    all.add("<title>" + Svg.escaped(chart.title()) + "</title>");
    all.addAll(spans(first, bottom));
    all.addAll(parts);
    all.add("</svg>");
    return String.join("\n", all);
  }

  /** What is behind all strips: how long events lasted, and when they began. */
  private List<String> spans(double top, double bottom) {
    List<String> spans = new ArrayList<>();
    for (Event event : chart.events()) {
      double from = left(event.at());
      double to = left(event.until());
      spans.add(Svg.box("span", from, top, Math.max(0, to - from), bottom - top));
      spans.add(Svg.rule("event", from, top, from, bottom));
    }
    return spans;
  }

  /** Returns where the strips begin. */
  private double drawBadges() {
    List<Double> rows = new ArrayList<>();
    for (Event event : chart.events()) {
      double x = left(event.at());
      int row = 0;
      while (row < rows.size() && rows.get(row) > x - 2 * BADGE - 3) {
        row++;
      }
      if (row == rows.size()) {
        rows.add(x);
      } else {
        rows.set(row, x);
      }
      double y = row * BADGE_ROW + BADGE + 2.0;
      parts.add(
          "<g><title>%s</title><circle class=\"badge\" cx=\"%s\" cy=\"%s\" r=\"%d\"/>%s</g>"
              .formatted(
                  Svg.escaped(event.text()),
                  Svg.decimal(x),
                  Svg.decimal(y),
                  BADGE,
                  Svg.text(x, y + 4, "number", "middle", event.label())));
    }
    return rows.size() * (double) BADGE_ROW;
  }

  /** Draws title, unit and legend. Returns how much more than a row they take. */
  private double drawHead(Strip strip, double y) {
    String unit = strip.y().title();
    parts.add(Svg.title(LEFT, y, strip.title(), unit));
    List<Layer> named = strip.layers().stream().filter(one -> !one.label().isEmpty()).toList();
    double legend = named.stream().mapToDouble(StripDrawing::keyWidth).sum();
    double headEnd = LEFT + strip.title().length() * BOLD + unit.length() * CHARACTER + KEY_GAP;
    if (headEnd + legend <= right) {
      drawKeys(named, right - legend + KEY_GAP, y);
      return 0;
    }
    return drawKeyRows(named, y);
  }

  /** Draws as many rows as it takes. Returns how high they are. */
  private double drawKeyRows(List<Layer> named, double y) {
    double below = 0;
    List<Layer> row = new ArrayList<>();
    double taken = 0;
    for (Layer layer : named) {
      if (!row.isEmpty() && LEFT + taken + keyWidth(layer) > right + KEY_GAP) {
        below += LEGEND_ROW;
        drawKeys(row, LEFT, y + below);
        row.clear();
        taken = 0;
      }
      row.add(layer);
      taken += keyWidth(layer);
    }
    below += LEGEND_ROW;
    drawKeys(row, LEFT, y + below);
    return below;
  }

  private static double keyWidth(Layer layer) {
    return KEY + layer.label().length() * CHARACTER + KEY_GAP;
  }

  private void drawKeys(List<Layer> layers, double from, double y) {
    double x = from;
    for (Layer layer : layers) {
      String colour = " c" + layer.colour() % Palette.size();
      switch (layer.look()) {
        case LINE, AREA -> parts.add(Svg.rule("line" + colour, x, y - 4, x + 16, y - 4));
        case DASHES -> parts.add(Svg.rule("dashes" + colour, x, y - 4, x + 16, y - 4));
        case BARS -> parts.add(Svg.box("bar" + colour, x + 4, y - 9, 8, 9));
      }
      if (layer.look() == Strip.Look.AREA) {
        parts.add(Svg.box("fill" + colour, x, y - 4, 16, 5));
      }
      parts.add(Svg.text(x + KEY, y, "label", "start", layer.label()));
      x += keyWidth(layer);
    }
  }

  private void drawStrip(Strip strip, double top) {
    double bottom = top + strip.height();
    for (Axis.Tick tick : time.ticks()) {
      double at = left(tick.value());
      parts.add(Svg.rule("fine", at, top, at, bottom));
    }
    for (Axis.Tick tick : strip.y().ticks()) {
      double at = bottom - strip.y().share(tick.value()) * strip.height();
      parts.add(Svg.rule(tick.label().isEmpty() ? "fine" : "grid", LEFT, at, right, at));
      parts.add(Svg.text(LEFT - 7.0, at + 4, "", "end", tick.label()));
    }
    strip.layers().forEach(layer -> drawLayer(strip, layer, bottom));
  }

  private void drawLayer(Strip strip, Layer layer, double bottom) {
    if (layer.points().isEmpty()) {
      return;
    }
    String colour = " c" + layer.colour() % Palette.size();
    if (layer.look() == Strip.Look.BARS) {
      drawBars(strip, layer, bottom);
      return;
    }
    String points =
        layer.points().stream()
            .map(at -> point(left(at.x()), top(strip, at, bottom)))
            .collect(Collectors.joining(" "));
    if (layer.look() == Strip.Look.AREA) {
      String from = point(left(layer.points().get(0).x()), bottom);
      String to = point(left(layer.points().get(layer.points().size() - 1).x()), bottom);
      parts.add(
          "<polygon class=\"fill%s\" points=\"%s %s %s\"/>".formatted(colour, from, points, to));
    }
    String kind = layer.look() == Strip.Look.DASHES ? "dashes" : "line";
    parts.add("<polyline class=\"%s%s\" points=\"%s\"/>".formatted(kind, colour, points));
  }

  private void drawBars(Strip strip, Layer layer, double bottom) {
    double bar = Math.max(BAR_MIN, (right - LEFT) / Math.max(1, chart.seconds()) * 0.8);
    for (Point at : layer.points()) {
      double top = top(strip, at, bottom);
      if (top < bottom) {
        parts.add(
            Svg.box(
                "bar c" + layer.colour() % Palette.size(), left(at.x()), top, bar, bottom - top));
      }
    }
  }

  private void drawTimes(double bottom) {
    for (Axis.Tick tick : time.ticks()) {
      parts.add(Svg.text(left(tick.value()), bottom + 16, "", "middle", tick.label()));
    }
    parts.add(Svg.text((LEFT + right) / 2, bottom + 34, "", "middle", time.title()));
  }

  private static String point(double x, double y) {
    return Svg.decimal(x) + "," + Svg.decimal(y);
  }

  private double left(double seconds) {
    return LEFT + time.share(seconds) * (right - LEFT);
  }

  private static double top(Strip strip, Point at, double bottom) {
    return bottom - strip.y().share(at.y()) * strip.height();
  }
}
