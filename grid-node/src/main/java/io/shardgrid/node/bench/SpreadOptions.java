package io.shardgrid.node.bench;

import io.shardgrid.node.cli.OptionBounds;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** The options about how entries are spread within a grid. */
final class SpreadOptions {

  private static final int SHARDS_MAX = 4_096;
  private static final int MAPS_MAX = 256;

  @Option(names = "--shards", paramLabel = "N", description = "Shards. Default: ${DEFAULT-VALUE}")
  int shards = 256;

  @Option(
      names = "--maps",
      paramLabel = "N",
      description = "Maps that the entries are spread over. Default: ${DEFAULT-VALUE}")
  int maps = 1;

  /** Refuses what makes no sense. */
  void check(CommandSpec spec) {
    OptionBounds.require(spec, "--shards", shards, 1, SHARDS_MAX);
    OptionBounds.require(spec, "--maps", maps, 1, MAPS_MAX);
  }
}
