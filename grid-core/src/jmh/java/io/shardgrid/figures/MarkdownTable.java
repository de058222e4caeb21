package io.shardgrid.figures;

import java.util.ArrayList;
import java.util.List;

/** A table in Markdown: the first column to the left, all others to the right. Not thread-safe. */
public final class MarkdownTable {

  private final List<String> header;
  private final List<List<String>> rows = new ArrayList<>();

  public MarkdownTable(String... header) {
    this.header = List.of(header);
  }

  /**
   * Adds a row.
   *
   * @throws IllegalArgumentException if it has not as many cells as the header
   */
  public MarkdownTable row(String... cells) {
    if (cells.length != header.size()) {
      throw new IllegalArgumentException(
          "a row does not fit its table: cells=%s, header=%s".formatted(List.of(cells), header));
    }
    rows.add(List.of(cells));
    return this;
  }

  /** The lines of the table, each with its end. */
  public String render() {
    StringBuilder text = new StringBuilder();
    line(text, header);
    line(text, header.stream().map(cell -> cell.equals(header.get(0)) ? "---" : "---:").toList());
    rows.forEach(row -> line(text, row));
    return text.toString();
  }

  private static void line(StringBuilder text, List<String> cells) {
    for (String cell : cells) {
      text.append("| ").append(cell.replace("|", "\\|")).append(' ');
    }
    text.append("|\n");
  }
}
