package io.shardgrid.node.autoscale;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Rows of cases, for people. Stateless. */
final class CaseTable {

  private static final String GAP = "  ";

  private CaseTable() {}

  /** The table and its summary. */
  static List<String> lines(List<CaseRow> rows) {
    int name = width(rows, CaseRow::name, "NAME");
    int kind = width(rows, CaseRow::kind, "KIND");
    int expected = width(rows, CaseRow::expected, "EXPECTED");
    int actual =
        width(
            rows.stream().filter(row -> row.result() != CaseRow.Result.BAD).toList(),
            CaseRow::actual,
            "ACTUAL");
    List<String> lines = new ArrayList<>();
    lines.add(
        padded("NAME", name)
            + padded("KIND", kind)
            + padded("EXPECTED", expected)
            + padded("ACTUAL", actual)
            + "OK");
    for (CaseRow row : rows) {
      lines.add(
          padded(row.name(), name)
              + padded(row.kind(), kind)
              + padded(row.expected(), expected)
              + padded(row.actual(), actual)
              + row.result().text());
    }
    lines.add(summary(rows));
    return lines;
  }

  private static String summary(List<CaseRow> rows) {
    return "%d cases, %d as expected, %d differ, %d cannot be evaluated"
        .formatted(
            rows.size(),
            count(rows, CaseRow.Result.OK),
            count(rows, CaseRow.Result.DIFFERS),
            count(rows, CaseRow.Result.BAD));
  }

  private static long count(List<CaseRow> rows, CaseRow.Result result) {
    return rows.stream().filter(row -> row.result() == result).count();
  }

  private static int width(List<CaseRow> rows, Function<CaseRow, String> cell, String title) {
    return rows.stream()
        .mapToInt(row -> plain(cell.apply(row)).length())
        .reduce(title.length(), Math::max);
  }

  private static String padded(String cell, int width) {
    String text = plain(cell);
    return text + " ".repeat(Math.max(0, width - text.length())) + GAP;
  }

  /** A file may have anything in a name. */
  private static String plain(String cell) {
    return cell.replaceAll("\\p{Cntrl}", "?");
  }
}
