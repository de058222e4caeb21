package io.shardgrid.autoscale;

import io.shardgrid.autoscale.Actuator.Leaver;
import java.time.Duration;
import java.util.List;

/**
 * All that a decision is made from. Immutable.
 *
 * @param nodes each member, those on their way in or out too
 * @param holds why this is no time for a decision, beyond what the nodes show; none if it is one
 * @param leaver which node can be the one to go
 * @param still for how long a cluster that was busy has done nothing at all; zero if it does
 *     something, or never was
 */
public record ClusterSample(
    List<NodeLoad> nodes,
    List<MetricSample> metrics,
    List<ScaleReason> holds,
    Leaver leaver,
    Duration still) {

  public ClusterSample {
    nodes = List.copyOf(nodes);
    metrics = List.copyOf(metrics);
    holds = List.copyOf(holds);
  }

  /** How many nodes there are, without those that leave. */
  public int size() {
    return (int) nodes.stream().filter(NodeLoad::counts).count();
  }
}
