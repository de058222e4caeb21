package io.shardgrid.baseline;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * What was measured in a cell. Immutable.
 *
 * @param opsPerSecond of all threads together
 * @param opsError half the width of the 99.9 % confidence interval of that, over the iterations of
 *     one fork
 * @param p50Nanos the median of how long an operation took; likewise the other percentiles
 */
record MatrixRow(
    MatrixCell cell,
    double opsPerSecond,
    double opsError,
    double p50Nanos,
    double p99Nanos,
    double p999Nanos,
    double maxNanos) {

  static final String HEADER =
      "map,distribution,read_percent,threads,ops_per_s,ops_error,p50_ns,p99_ns,p99_9_ns,max_ns";

  private static final int COLUMNS = HEADER.split(",").length;

  String toCsv() {
    return String.format(
        Locale.ROOT,
        "%s,%s,%d,%d,%.0f,%.0f,%.0f,%.0f,%.0f,%.0f",
        cell.map().code(),
        cell.distribution().code(),
        cell.readPercent(),
        cell.threads(),
        opsPerSecond,
        opsError,
        p50Nanos,
        p99Nanos,
        p999Nanos,
        maxNanos);
  }

  /**
   * Reads what {@link #toCsv} has written.
   *
   * @throws IllegalArgumentException when it is something else
   */
  static MatrixRow fromCsv(String line) {
    List<String> columns = List.of(line.split(",", -1));
    if (columns.size() != COLUMNS) {
      throw new IllegalArgumentException("Not a row of the matrix: line=" + line);
    }
    MatrixCell cell =
        new MatrixCell(
            byCode(Contender.values(), Contender::code, columns.get(0)),
            Integer.parseInt(columns.get(2)),
            byCode(KeyDistribution.values(), KeyDistribution::code, columns.get(1)),
            Integer.parseInt(columns.get(3)));
    double[] figures = columns.stream().skip(4).mapToDouble(Double::parseDouble).toArray();
    return new MatrixRow(
        cell, figures[0], figures[1], figures[2], figures[3], figures[4], figures[5]);
  }

  static <T> T byCode(T[] all, Function<T, String> code, String wanted) {
    return Arrays.stream(all)
        .filter(one -> code.apply(one).equals(wanted))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Unknown: name=%s, known=%s"
                        .formatted(wanted, Arrays.stream(all).map(code).toList())));
  }
}
