package io.shardgrid.node.bench;

import io.shardgrid.node.cli.OptionBounds;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** The options about the nodes of a cluster that is measured. */
final class NodesOptions {

  private static final int NODES_MAX = 16;
  private static final int BACKUPS_MAX = 3;

  @Option(
      names = "--nodes",
      paramLabel = "N",
      description = "Nodes at first. Default: ${DEFAULT-VALUE}")
  int nodes;

  @Option(
      names = "--backups",
      paramLabel = "N",
      description =
          "Copies of a shard beside its primary, if there are nodes for them. Default:"
              + " ${DEFAULT-VALUE}")
  int backups = 1;

  /** Unless said otherwise, two. */
  NodesOptions() {
    this(2);
  }

  /** Unless said otherwise, so many. */
  NodesOptions(int nodes) {
    this.nodes = nodes;
  }

  /** With as many backups as these nodes can have. */
  Spread spread(SpreadOptions inside) {
    return new Spread(nodes, Math.min(backups, nodes - 1), inside.shards, inside.maps);
  }

  /** Refuses what makes no sense. */
  void check(CommandSpec spec, int nodesMin) {
    OptionBounds.require(spec, "--nodes", nodes, nodesMin, NODES_MAX);
    OptionBounds.require(spec, "--backups", backups, 0, BACKUPS_MAX);
  }
}
