package io.shardgrid.node.autoscale;

import io.shardgrid.node.cli.OptionBounds;
import java.time.Duration;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** The options about simulated nodes. */
final class ModelOptions {

  private static final int GIB_SHIFT = 30;
  private static final int GIB_MAX = 1 << 20;
  private static final int CAPACITY_MAX = 1_000_000_000;
  private static final int NODES_MAX = 1_000;
  private static final int COPIES_MAX = 8;

  @Option(
      names = "--capacity",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Operations a second that a node can do. Default: ${DEFAULT-VALUE}")
  private int capacity;

  @Option(
      names = "--nodes",
      paramLabel = "N",
      defaultValue = "0",
      description = "Nodes at first; 0 for as many as the first load needs. Default: 0")
  private int nodes;

  @Option(
      names = "--start",
      paramLabel = "TIME",
      defaultValue = "20s",
      converter = WindowConverter.class,
      description = "How long a node takes to become a member. Default: ${DEFAULT-VALUE}")
  private Duration start = Duration.ZERO;

  @Option(
      names = "--move",
      paramLabel = "TIME",
      defaultValue = "30s",
      converter = WindowConverter.class,
      description =
          "How long shards move to a new node, or away from one that goes. Default:"
              + " ${DEFAULT-VALUE}")
  private Duration move = Duration.ZERO;

  @Option(
      names = "--zones",
      paramLabel = "N",
      defaultValue = "3",
      description = "Zones that nodes are spread over. Default: ${DEFAULT-VALUE}")
  private int zones;

  @Option(
      names = "--copies",
      paramLabel = "N",
      defaultValue = "2",
      description = "Replicas of a shard, its primary among them. Default: ${DEFAULT-VALUE}")
  private int copies;

  @Option(
      names = "--data-gib",
      paramLabel = "N",
      defaultValue = "4",
      description = "Data without copies, in GiB. Default: ${DEFAULT-VALUE}")
  private int data;

  @Option(
      names = "--node-gib",
      paramLabel = "N",
      defaultValue = "8",
      description =
          "What a node may hold, in GiB; it is filled to 80 %%. Default: ${DEFAULT-VALUE}")
  private int room;

  /** Refuses what makes no sense. */
  void check(CommandSpec spec) {
    OptionBounds.require(spec, "--capacity", capacity, 1, CAPACITY_MAX);
    OptionBounds.require(spec, "--nodes", nodes, 0, NODES_MAX);
    OptionBounds.require(spec, "--zones", zones, 1, NODES_MAX);
    OptionBounds.require(spec, "--copies", copies, 1, COPIES_MAX);
    OptionBounds.require(spec, "--data-gib", data, 0, GIB_MAX);
    OptionBounds.require(spec, "--node-gib", room, 1, GIB_MAX);
  }

  int nodes() {
    return nodes;
  }

  int copies() {
    return copies;
  }

  ClusterModel model() {
    return new ClusterModel(
        capacity, start, move, zones, copies, (long) data << GIB_SHIFT, (long) room << GIB_SHIFT);
  }
}
