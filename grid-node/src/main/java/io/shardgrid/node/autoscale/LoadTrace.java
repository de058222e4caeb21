package io.shardgrid.node.autoscale;

import io.shardgrid.node.cli.CommandException;
import io.shardgrid.node.cli.ExitCode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A load over time, in operations a second. It stays what it is until the next row. Immutable.
 *
 * @param name what to call it
 * @param rows by their time, at least one
 */
record LoadTrace(String name, List<Row> rows) {

  /** Traces that are part of the program. */
  static final Set<String> SHIPPED = Set.of("bursty", "diurnal", "flapping");

  private static final String HEADER = "seconds,load";
  private static final int ROWS_MAX = 1_000_000;
  private static final long SECONDS_MAX = 366L * 86_400;
  private static final double LOAD_MAX = 1e12;

  LoadTrace {
    rows = List.copyOf(rows);
  }

  /**
   * One row.
   *
   * @param seconds since the beginning
   * @param load operations a second from then on
   */
  record Row(long seconds, double load) {}

  /**
   * Reads a file, or a trace that is part of the program.
   *
   * @throws CommandException if it is no trace; names the line
   */
  static LoadTrace open(String source) {
    try (InputStream in = stream(source);
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return read(source, reader);
    } catch (IOException e) {
      throw new CommandException(ExitCode.USAGE, "TRACE: cannot be read: " + source, e);
    }
  }

  private static InputStream stream(String source) throws IOException {
    if (SHIPPED.contains(source)) {
      InputStream shipped = LoadTrace.class.getResourceAsStream("traces/" + source + ".csv");
      if (shipped != null) {
        return shipped;
      }
    }
    Path file = Path.of(source);
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      throw new CommandException(ExitCode.USAGE, "TRACE: cannot be read: " + source);
    }
    return Files.newInputStream(file);
  }

  private static LoadTrace read(String source, BufferedReader reader) throws IOException {
    List<Row> rows = new ArrayList<>();
    int number = 0;
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      number++;
      String text = line.strip();
      if (number == 1 && !text.equals(HEADER)) {
        throw wrong(source, number, "wanted is '" + HEADER + "'", null);
      }
      if (number > 1 && !text.isEmpty()) {
        Row row = row(source, number, text);
        if (!rows.isEmpty() && rows.get(rows.size() - 1).seconds() >= row.seconds()) {
          throw wrong(source, number, "seconds do not rise: found=" + row.seconds(), null);
        }
        rows.add(row);
      }
      if (rows.size() > ROWS_MAX) {
        throw wrong(source, number, "there are more than " + ROWS_MAX + " rows", null);
      }
    }
    if (rows.isEmpty()) {
      throw wrong(source, number, "there is no row", null);
    }
    return new LoadTrace(source, rows);
  }

  private static Row row(String source, int number, String text) {
    String[] cells = text.split(",", -1);
    if (cells.length != 2) {
      throw wrong(source, number, "wanted are two values, found is " + text, null);
    }
    try {
      Row row = new Row(Long.parseLong(cells[0].strip()), Double.parseDouble(cells[1].strip()));
      if (row.seconds() >= 0
          && row.seconds() <= SECONDS_MAX
          && row.load() >= 0
          && row.load() <= LOAD_MAX) {
        return row;
      }
    } catch (NumberFormatException e) {
      throw wrong(source, number, "wanted are two numbers, found is " + text, e);
    }
    throw wrong(
        source, number, "wanted are seconds of a year at most and a load, found is " + text, null);
  }

  private static CommandException wrong(
      String source, int line, String what, @Nullable Throwable cause) {
    return new CommandException(
        ExitCode.USAGE, "TRACE: line %d: %s: file=%s".formatted(line, what, source), cause);
  }

  /** When it begins, in seconds. */
  long begin() {
    return rows.get(0).seconds();
  }

  /** When it ends, in seconds. */
  long end() {
    return rows.get(rows.size() - 1).seconds();
  }

  /** The load at a time. O(log rows). */
  double loadAt(long seconds) {
    int low = 0;
    int high = rows.size() - 1;
    while (low < high) {
      int middle = (low + high + 1) / 2;
      if (rows.get(middle).seconds() <= seconds) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return rows.get(low).load();
  }
}
