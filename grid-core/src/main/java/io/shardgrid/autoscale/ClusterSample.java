package io.shardgrid.autoscale;

import java.util.List;

/**
 * All that a decision is made from. Immutable.
 *
 * @param nodes each member, those on their way in or out too
 * @param isMigrating whether shards are being moved
 * @param isRepairing whether copies are missing
 */
public record ClusterSample(
    List<NodeLoad> nodes, List<MetricSample> metrics, boolean isMigrating, boolean isRepairing) {

  public ClusterSample {
    nodes = List.copyOf(nodes);
    metrics = List.copyOf(metrics);
  }

  /** How many nodes there are, without those that leave. */
  public int size() {
    return (int) nodes.stream().filter(NodeLoad::counts).count();
  }
}
