package io.shardgrid.node.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * A table for people: columns as wide as what is in them, numbers to the right. Not thread-safe.
 */
public final class TextTable {

  private static final String GAP = "  ";

  private final List<String> headings;
  private final int leftColumns;
  private final List<List<String>> rows = new ArrayList<>();

  /**
   * A table with a heading for each column.
   *
   * @param leftColumns so many columns from the first on are text, which stands to the left
   */
  public TextTable(int leftColumns, String... headings) {
    this.leftColumns = leftColumns;
    this.headings = List.of(headings);
  }

  /** Adds a line, with a cell for each column. */
  public void row(Object... cells) {
    if (cells.length != headings.size()) {
      throw new IllegalArgumentException("cells=" + cells.length + ", wanted=" + headings.size());
    }
    List<String> row = new ArrayList<>(cells.length);
    for (Object cell : cells) {
      row.add(String.valueOf(cell));
    }
    rows.add(row);
  }

  /** The heading, and each line. */
  public List<String> lines() {
    int[] widths = new int[headings.size()];
    List<List<String>> all = new ArrayList<>();
    all.add(headings);
    all.addAll(rows);
    for (List<String> row : all) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    return all.stream().map(row -> line(row, widths)).toList();
  }

  private String line(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String pad = " ".repeat(widths[i] - row.get(i).length());
      line.append(i == 0 ? "" : GAP);
      line.append(i < leftColumns ? row.get(i) + pad : pad + row.get(i));
    }
    return line.toString().stripTrailing();
  }
}
