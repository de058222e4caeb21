package io.shardgrid.node.bench;

import io.shardgrid.node.chart.LineChart;
import io.shardgrid.node.cli.CommandException;
import io.shardgrid.node.cli.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The option about a file with a chart. */
public final class SvgOption {

  @Option(names = "--svg", paramLabel = "FILE", description = "Write a chart to this file.")
  private @Nullable Path svg;

  /** Refuses what cannot be written. */
  public void check(CommandSpec spec) {
    if (svg != null) {
      requireFile(spec, "--svg", svg);
    }
  }

  /** Refuses a file that is none, or in no directory that is there. */
  static void requireFile(CommandSpec spec, String option, Path file) {
    Path directory = file.toAbsolutePath().getParent();
    if (Files.isDirectory(file) || directory == null || !Files.isDirectory(directory)) {
      throw new ParameterException(
          spec.commandLine(),
          option + ": wanted is a file in a directory that is there, found is " + file);
    }
  }

  /** Writes a chart, if one is wanted. */
  void draw(Supplier<LineChart> chart) {
    write(() -> chart.get().svg());
  }

  /** Writes a document, if one is wanted. */
  public void write(Supplier<String> document) {
    if (svg == null) {
      return;
    }
    try {
      Files.writeString(svg, document.get());
    } catch (IOException e) {
      throw new CommandException(ExitCode.FAILED, "--svg: cannot be written: " + svg, e);
    }
  }
}
