package io.shardgrid.node.bench;

import io.shardgrid.node.cli.OptionBounds;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** The options about the data that is in the grid while it is measured. */
final class DataOptions {

  static final int ENTRIES_MAX = 50_000_000;

  private static final int VALUE_MAX = 1 << 20;

  @Option(
      names = "--entries",
      paramLabel = "N",
      description = "Entries that are there before. Default: ${DEFAULT-VALUE}")
  int entries;

  @Option(
      names = "--value",
      paramLabel = "BYTES",
      description = "Bytes of a value. Default: ${DEFAULT-VALUE}")
  int valueBytes;

  /** Unless said otherwise, much data. */
  DataOptions() {
    this(500_000, 1_024);
  }

  /** Unless said otherwise, so many entries with values of so many bytes. */
  DataOptions(int entries, int valueBytes) {
    this.entries = entries;
    this.valueBytes = valueBytes;
  }

  /** Refuses what makes no sense. */
  void check(CommandSpec spec) {
    OptionBounds.require(spec, "--entries", entries, 1, ENTRIES_MAX);
    OptionBounds.require(spec, "--value", valueBytes, 0, VALUE_MAX);
  }
}
