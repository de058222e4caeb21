package io.shardgrid.node.bench;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** The option about a file of rows of figures. */
final class CsvOption {

  @Option(
      names = "--csv",
      paramLabel = "FILE",
      description = "Add all figures to this file, one row each; begin it if it is not there.")
  private @Nullable Path csv;

  private @Nullable CsvFile file;

  /**
   * Opens the file, or refuses it.
   *
   * @param names of its columns
   */
  void open(CommandSpec spec, List<String> names) {
    if (csv != null) {
      SvgOption.requireFile(spec, "--csv", csv);
      file = CsvFile.open(csv, names);
    }
  }

  /** Adds a row, if rows are wanted. */
  void row(List<String> cells) {
    if (file != null) {
      file.add(cells);
    }
  }
}
