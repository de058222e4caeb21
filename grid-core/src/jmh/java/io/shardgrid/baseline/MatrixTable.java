package io.shardgrid.baseline;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Kept results as tables in Markdown: throughput, then latencies folded away. */
final class MatrixTable {

  private static final String MISSING = "-";

  private final MatrixResults results;

  MatrixTable(MatrixResults results) {
    this.results = results;
  }

  String markdown() {
    StringBuilder text = new StringBuilder();
    results.circumstances().forEach(line -> text.append("- ").append(line).append('\n'));
    text.append("\n**Operations a second**, all threads together,");
    text.append(" and half the width of the 99.9 % interval\n\n");
    table(text, MatrixTable::throughput);
    text.append("\n<details><summary><b>Latency in microseconds</b>: p50 / p99 / p99.9 / max");
    text.append("</summary>\n\n");
    table(text, MatrixTable::latency);
    return text.append("\n</details>\n").toString();
  }

  private static String throughput(MatrixRow row) {
    return "%s ± %s"
        .formatted(
            Figure.rate(row.opsPerSecond()), Figure.percent(row.opsError(), row.opsPerSecond()));
  }

  private static String latency(MatrixRow row) {
    return String.join(
        " / ",
        Figure.micros(row.p50Nanos()),
        Figure.micros(row.p99Nanos()),
        Figure.micros(row.p999Nanos()),
        Figure.micros(row.maxNanos()));
  }

  private void table(StringBuilder text, Function<MatrixRow, String> figures) {
    List<String> head = new ArrayList<>(List.of("keys", "reads", "map"));
    List<String> rule = new ArrayList<>(List.of("---", "---:", "---"));
    for (int threads : results.threads()) {
      head.add(threads == 1 ? "1 thread" : threads + " threads");
      rule.add("---:");
    }
    line(text, head);
    line(text, rule);
    for (KeyDistribution distribution : results.distributions()) {
      for (int readPercent : results.readPercents()) {
        for (Contender map : results.maps()) {
          List<String> cells = new ArrayList<>();
          cells.add(distribution.code());
          cells.add(readPercent + " %");
          cells.add(map.label());
          for (int threads : results.threads()) {
            MatrixCell cell = new MatrixCell(map, readPercent, distribution, threads);
            cells.add(written(results.row(cell), figures));
          }
          line(text, cells);
        }
      }
    }
  }

  private static String written(@Nullable MatrixRow row, Function<MatrixRow, String> figures) {
    return row == null ? MISSING : figures.apply(row);
  }

  private static void line(StringBuilder text, List<String> cells) {
    text.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }
}
