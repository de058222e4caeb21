package io.shardgrid.node.bench;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a measurement came to. Immutable. */
final class Figures {

  private static final double NANOS_PER_MICRO = 1e3;
  private static final double MICROS_PER_SECOND = 1e6;
  private static final String LABEL_FORM = "  %-16s";

  private final Map<Column, Double> figures;

  /** Takes what was measured; what is missing was not. */
  Figures(Map<Column, Double> figures) {
    this.figures = new EnumMap<>(Column.class);
    this.figures.putAll(figures);
  }

  /**
   * What a load came to.
   *
   * @param due operations a second of the open loop; 0 for the closed loop, which tells no latency,
   *     as a grid that stalls is asked less
   */
  static Figures of(double due, Callers.Load load, Usage used) {
    Phase phase = load.phase();
    Map<Column, Double> figures = new EnumMap<>(Column.class);
    figures.put(Column.DONE, phase.done() / phase.seconds());
    figures.put(Column.ERRORS, (double) phase.failures());
    if (due > 0) {
      figures.put(Column.DUE, due);
      figures.put(Column.P50, phase.micros(50));
      figures.put(Column.P99, phase.micros(99));
      figures.put(Column.P999, phase.micros(99.9));
      figures.put(Column.MAX, phase.micros(100));
    }
    double operations = phase.done() + phase.failures();
    if (operations > 0) {
      putCosts(figures, operations, load.effort(), used);
    }
    return new Figures(figures);
  }

  private static void putCosts(
      Map<Column, Double> figures, double operations, Effort effort, Usage used) {
    double ownNanos = used.own().toNanos() - effort.spunNanos();
    double nodesNanos = used.nodes().toNanos();
    figures.put(Column.CPU, (ownNanos + nodesNanos) / operations / NANOS_PER_MICRO);
    if (nodesNanos > 0) {
      figures.put(Column.NODES_CPU, nodesNanos / operations / NANOS_PER_MICRO);
    }
    figures.put(Column.ALLOCATED, effort.allocatedBytes() / operations);
    if (used.sentBytes() >= 0) {
      figures.put(Column.SENT, used.sentBytes() / operations);
    }
  }

  /** The figures of a row of a file. */
  static Figures ofCsv(Map<String, String> row) {
    Map<Column, Double> figures = new EnumMap<>(Column.class);
    for (Column column : Column.values()) {
      String cell = row.getOrDefault(column.csvName(), "");
      if (!cell.isEmpty()) {
        figures.put(column, Double.valueOf(cell));
      }
    }
    return new Figures(figures);
  }

  /** The median of each figure over at least one round; of an even number the higher one. */
  static Figures median(List<Figures> rounds) {
    Map<Column, Double> medians = new EnumMap<>(Column.class);
    for (Column column : Column.values()) {
      double[] sorted =
          rounds.stream()
              .mapToDouble(round -> round.of(column))
              .filter(figure -> !Double.isNaN(figure))
              .sorted()
              .toArray();
      if (sorted.length > 0) {
        medians.put(column, sorted[sorted.length / 2]);
      }
    }
    return new Figures(medians);
  }

  /** A figure, not a number if it was not measured. */
  double of(Column column) {
    return figures.getOrDefault(column, Double.NaN);
  }

  /** Operations for a second of processor time. */
  double operationsForCpuSecond() {
    return MICROS_PER_SECOND / of(Column.CPU);
  }

  /** The heads of the columns of {@link #row}. */
  static String heads() {
    return LABEL_FORM.formatted("")
        + Stream.of(Column.values()).map(Column::head).collect(Collectors.joining());
  }

  /** A line of the table. */
  String row(String label) {
    return LABEL_FORM.formatted(label)
        + Stream.of(Column.values())
            .map(column -> column.cell(of(column)))
            .collect(Collectors.joining());
  }

  /** The names of {@link #csvCells}. */
  static List<String> csvNames() {
    return Stream.of(Column.values()).map(Column::csvName).toList();
  }

  /** The figures for a file, empty where nothing was measured. */
  List<String> csvCells() {
    return Stream.of(Column.values()).map(column -> csvCell(of(column))).toList();
  }

  private static String csvCell(double figure) {
    return Double.isNaN(figure) ? "" : String.format(Locale.ROOT, "%.3f", figure);
  }
}
