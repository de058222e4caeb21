package io.shardgrid.node.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A table of the page about security that a test makes from what a server did. With {@code
 * -Dgrid.test.write-tables=true} it is written; otherwise it has to be the one that stands there.
 */
public final class MarkedTable {

  private static final Path PAGE = Path.of("docs", "security.md");

  private MarkedTable() {}

  /** Compares or writes the table between the marks of this name. */
  public static void check(String name, List<String> header, List<List<String>> rows)
      throws IOException {
    StringBuilder table = new StringBuilder();
    line(table, header);
    line(table, header.stream().map(column -> "---").toList());
    rows.forEach(row -> line(table, row));
    String begin = "<!-- table: " + name + " -->\n";
    String end = "<!-- end -->\n";
    String page = Files.readString(PAGE);
    int from = page.indexOf(begin);
    int to = page.indexOf(end, from);
    assertThat(from).as("mark of the table " + name).isNotNegative();
    String next = page.substring(0, from) + begin + table + page.substring(to);
    if (Boolean.getBoolean("grid.test.write-tables")) {
      Files.writeString(PAGE, next);
    }
    assertThat(next).isEqualTo(Files.readString(PAGE));
  }

  private static void line(StringBuilder table, List<String> cells) {
    table.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }
}
