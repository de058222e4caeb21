package io.shardgrid.baseline;

import io.shardgrid.baseline.SvgPage.Anchor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Kept results as small multiples: one panel for each read share and distribution, threads to the
 * right, operations a second upwards on one logarithmic scale for all, a line a map.
 *
 * <p>The image brings its own background and follows the reader's choice of light or dark.
 */
final class MatrixChart {

  private static final double WIDTH = 900;
  private static final double LEFT = 54;
  private static final double RIGHT = 14;
  private static final double TOP = 82;
  private static final double GAP = 14;
  private static final double PANEL_HEIGHT = 210;
  private static final double PANEL_TITLE = 22;
  private static final double AXIS = 34;
  private static final double PADDING = 16;
  private static final double LEGEND_WIDTH = 205;
  private static final int LEGEND_COLUMNS = 4;
  private static final double MARK = 3.6;
  private static final double[] STEPS = {1, 2, 5};

  private final MatrixResults results;
  private final double panelWidth;
  private final double low;
  private final double high;
  private final SvgPage page;

  MatrixChart(MatrixResults results) {
    this.results = results;
    int columns = Math.max(1, results.readPercents().size());
    this.panelWidth = (WIDTH - LEFT - RIGHT - GAP * (columns - 1)) / columns;
    List<Double> rates = results.rows().stream().map(MatrixRow::opsPerSecond).sorted().toList();
    this.low = rates.isEmpty() ? 1 : stepBelow(rates.get(0));
    this.high = rates.isEmpty() ? 10 : stepAbove(rates.get(rates.size() - 1));
    int panelRows = Math.max(1, results.distributions().size());
    this.page = new SvgPage(WIDTH, TOP + panelRows * (PANEL_TITLE + PANEL_HEIGHT + AXIS) + 4);
    page.box(
        "page", 0.5, 0.5, WIDTH - 1, TOP + panelRows * (PANEL_TITLE + PANEL_HEIGHT + AXIS) + 3);
  }

  String svg() {
    page.text("title", Anchor.START, PADDING, 24, "Operations a second by number of threads");
    page.text(
        "note", Anchor.END, WIDTH - RIGHT, 24, "all threads together; logarithmic, same in all");
    legend();
    List<KeyDistribution> distributions = results.distributions();
    List<Integer> readPercents = results.readPercents();
    for (int row = 0; row < distributions.size(); row++) {
      for (int column = 0; column < readPercents.size(); column++) {
        double x = LEFT + column * (panelWidth + GAP);
        double y = TOP + row * (PANEL_TITLE + PANEL_HEIGHT + AXIS) + PANEL_TITLE;
        panel(x, y, column == 0, distributions.get(row), readPercents.get(column));
      }
    }
    return page.document("Maps with locks and shard actors: operations a second", ChartLook.css());
  }

  private void legend() {
    List<Contender> maps = results.maps();
    for (int i = 0; i < maps.size(); i++) {
      int line = i / LEGEND_COLUMNS;
      double x = PADDING + (i - line * LEGEND_COLUMNS) * (LEGEND_WIDTH + GAP);
      double y = 44 + 18 * line;
      Contender map = maps.get(i);
      page.line(ChartLook.lineOf(map), x, y, x + 26, y);
      page.shape(ChartLook.markOf(map), mark(map, x + 13, y), map.label());
      page.text("label", Anchor.START, x + 32, y + 4, map.label());
    }
  }

  private void panel(
      double x, double y, boolean isFirst, KeyDistribution distribution, int readPercent) {
    page.text(
        "head",
        Anchor.START,
        x,
        y - 7,
        "%s keys, %d %% reads".formatted(distribution.code(), readPercent));
    for (double tick = low; tick <= high * 1.001; tick = stepAbove(tick * 1.001)) {
      double at = y + PANEL_HEIGHT - heightOf(tick);
      page.line("grid", x, at, x + panelWidth, at);
      if (isFirst) {
        page.text("tick", Anchor.END, x - 6, at + 4, tickLabel(tick));
      }
    }
    List<Integer> threads = results.threads();
    for (int i = 0; i < threads.size(); i++) {
      page.text(
          "tick", Anchor.MIDDLE, x + across(i), y + PANEL_HEIGHT + 15, threads.get(i).toString());
    }
    page.text("tick", Anchor.MIDDLE, x + panelWidth / 2, y + PANEL_HEIGHT + 28, "threads");
    for (Contender map : results.maps()) {
      series(x, y, map, distribution, readPercent);
    }
  }

  private void series(
      double x, double y, Contender map, KeyDistribution distribution, int readPercent) {
    List<MatrixRow> rows = new ArrayList<>();
    List<Double> points = new ArrayList<>();
    List<Integer> threads = results.threads();
    for (int i = 0; i < threads.size(); i++) {
      MatrixRow row = results.row(new MatrixCell(map, readPercent, distribution, threads.get(i)));
      if (row != null) {
        rows.add(row);
        points.add(x + across(i));
        points.add(y + PANEL_HEIGHT - heightOf(row.opsPerSecond()));
      }
    }
    double[] curve = points.stream().mapToDouble(Double::doubleValue).toArray();
    page.curve(ChartLook.lineOf(map), curve);
    for (int i = 0; i < rows.size(); i++) {
      String tooltip =
          "%s, %d threads: %s/s"
              .formatted(
                  map.label(),
                  rows.get(i).cell().threads(),
                  Figure.rate(rows.get(i).opsPerSecond()));
      page.shape(ChartLook.markOf(map), mark(map, curve[2 * i], curve[2 * i + 1]), tooltip);
    }
  }

  private double across(int index) {
    int last = results.threads().size() - 1;
    return last == 0 ? panelWidth / 2 : PADDING + (panelWidth - 2 * PADDING) * index / last;
  }

  private double heightOf(double rate) {
    return PANEL_HEIGHT * Math.log(rate / low) / Math.log(high / low);
  }

  private static double[] mark(Contender map, double x, double y) {
    int corners = ChartLook.of(map).corners();
    double radius = map == Contender.ACTOR ? MARK + 1.4 : MARK;
    double[] points = new double[2 * corners];
    for (int i = 0; i < corners; i++) {
      double angle = 2 * Math.PI * i / corners - Math.PI / 2;
      points[2 * i] = x + radius * Math.cos(angle);
      points[2 * i + 1] = y + radius * Math.sin(angle);
    }
    return points;
  }

  private static double stepBelow(double rate) {
    double decade = Math.pow(10, Math.floor(Math.log10(rate)));
    double below = decade;
    for (double step : STEPS) {
      below = step * decade <= rate ? step * decade : below;
    }
    return below;
  }

  private static double stepAbove(double rate) {
    double decade = Math.pow(10, Math.floor(Math.log10(rate)));
    for (double step : STEPS) {
      if (step * decade >= rate) {
        return step * decade;
      }
    }
    return 10 * decade;
  }

  private static String tickLabel(double rate) {
    return rate >= 1e6
        ? String.format(Locale.ROOT, "%.0f M", rate / 1e6)
        : String.format(Locale.ROOT, "%.0f k", rate / 1e3);
  }
}
