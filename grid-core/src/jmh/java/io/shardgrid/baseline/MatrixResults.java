package io.shardgrid.baseline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The kept results of a matrix: a CSV file that begins with lines on where and how they were
 * measured. Each row is written as soon as it is there, so a run that ends early can go on.
 *
 * <p>Confined to one thread.
 */
final class MatrixResults {

  private static final String COMMENT = "# ";

  private final Path file;
  private final List<String> circumstances;
  private final Map<MatrixCell, MatrixRow> rows = new LinkedHashMap<>();

  private MatrixResults(Path file, List<String> circumstances) {
    this.file = file;
    this.circumstances = circumstances;
  }

  /** Begins a new file, in place of one that may be there. */
  static MatrixResults begin(Path file, List<String> circumstances) throws IOException {
    List<String> lines = new ArrayList<>();
    circumstances.forEach(line -> lines.add(COMMENT + line));
    lines.add(MatrixRow.HEADER);
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.write(file, lines);
    return new MatrixResults(file, List.copyOf(circumstances));
  }

  /** Reads a file. */
  static MatrixResults load(Path file) throws IOException {
    List<String> circumstances = new ArrayList<>();
    MatrixResults results = new MatrixResults(file, circumstances);
    for (String line : Files.readAllLines(file)) {
      if (line.startsWith(COMMENT)) {
        circumstances.add(line.substring(COMMENT.length()));
      } else if (!line.isBlank() && !line.equals(MatrixRow.HEADER)) {
        MatrixRow row = MatrixRow.fromCsv(line);
        results.rows.put(row.cell(), row);
      }
    }
    return results;
  }

  void add(MatrixRow row) throws IOException {
    rows.put(row.cell(), row);
    Files.write(file, List.of(row.toCsv()), StandardOpenOption.APPEND);
  }

  /** Where and how, a line a fact. */
  List<String> circumstances() {
    return List.copyOf(circumstances);
  }

  /** What was measured in a cell; null if nothing was. */
  @Nullable MatrixRow row(MatrixCell cell) {
    return rows.get(cell);
  }

  List<MatrixRow> rows() {
    return List.copyOf(rows.values());
  }

  /** The read shares that occur, the fewest reads first. */
  List<Integer> readPercents() {
    return rows.keySet().stream().map(MatrixCell::readPercent).distinct().sorted().toList();
  }

  List<KeyDistribution> distributions() {
    return rows.keySet().stream().map(MatrixCell::distribution).distinct().sorted().toList();
  }

  /** The numbers of threads that occur, ascending. */
  List<Integer> threads() {
    return rows.keySet().stream().map(MatrixCell::threads).distinct().sorted().toList();
  }

  List<Contender> maps() {
    return rows.keySet().stream().map(MatrixCell::map).distinct().sorted().toList();
  }
}
