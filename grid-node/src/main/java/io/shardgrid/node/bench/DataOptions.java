package io.shardgrid.node.bench;

import io.shardgrid.node.cli.OptionBounds;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options about the data that is in the grid while it is measured. */
final class DataOptions {

  private static final int ENTRIES_MAX = 50_000_000;
  private static final int VALUE_MAX = 1 << 20;

  @Option(
      names = "--entries",
      paramLabel = "N",
      description = "Entries that are there before. Default: ${DEFAULT-VALUE}")
  int entries = 500_000;

  @Option(
      names = "--value",
      paramLabel = "BYTES",
      description = "Bytes of a value. Default: ${DEFAULT-VALUE}")
  int valueBytes = 1_024;

  @Option(
      names = "--heap",
      paramLabel = "SIZE",
      description = "Most memory of a node's objects, as Java's -Xmx. Default: ${DEFAULT-VALUE}")
  String heap = "4g";

  /** Refuses what makes no sense. */
  void check(CommandSpec spec) {
    OptionBounds.require(spec, "--entries", entries, 1, ENTRIES_MAX);
    OptionBounds.require(spec, "--value", valueBytes, 0, VALUE_MAX);
    if (!heap.matches("[0-9]{1,6}[kmgKMG]")) {
      throw new ParameterException(
          spec.commandLine(), "--heap: wanted is a size as 512m or 4g, found is " + heap);
    }
  }
}
