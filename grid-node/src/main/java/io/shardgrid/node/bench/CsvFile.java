package io.shardgrid.node.bench;

import io.shardgrid.node.cli.CommandException;
import io.shardgrid.node.cli.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A file of rows of figures: comma-separated values whose first line names the columns. Rows are
 * added to what a file has.
 *
 * <p>Confined to one thread, which it blocks.
 */
final class CsvFile {

  private final Path file;

  private CsvFile(Path file) {
    this.file = file;
  }

  /**
   * Opens a file, or begins it.
   *
   * @throws CommandException if it cannot be read or written, or has other columns
   */
  static CsvFile open(Path file, List<String> names) {
    try {
      List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
      CsvFile opened = new CsvFile(file);
      if (lines.isEmpty()) {
        opened.add(names);
      } else if (!lines.get(0).equals(line(names))) {
        throw new CommandException(
            ExitCode.USAGE, "--csv: the file has other columns, name another: " + file);
      }
      return opened;
    } catch (IOException e) {
      throw new CommandException(ExitCode.USAGE, "--csv: cannot be read: " + file, e);
    }
  }

  /** Adds a row. */
  void add(List<String> cells) {
    try {
      Files.writeString(
          file, line(cells) + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new CommandException(ExitCode.USAGE, "--csv: cannot be written: " + file, e);
    }
  }

  /** The rows that it has, by the names of the columns. */
  static List<Map<String, String>> read(Path file) {
    try {
      List<String> lines = Files.readAllLines(file);
      List<String> names = cells(lines.get(0));
      return lines.stream().skip(1).map(line -> row(names, cells(line))).toList();
    } catch (IOException e) {
      throw new CommandException(ExitCode.FAILED, "A file cannot be read: " + file, e);
    }
  }

  private static Map<String, String> row(List<String> names, List<String> cells) {
    Map<String, String> row = new HashMap<>();
    for (int index = 0; index < names.size(); index++) {
      row.put(names.get(index), cells.get(index));
    }
    return row;
  }

  /** What it writes has no comma in a cell: none is quoted. */
  private static List<String> cells(String line) {
    return List.of(line.split(",", -1));
  }

  private static String line(List<String> cells) {
    return cells.stream()
        .map(cell -> cell.replace(',', ';').replace('\n', ' '))
        .collect(Collectors.joining(","));
  }
}
