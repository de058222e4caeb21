package io.shardgrid.autoscale;

import io.shardgrid.key.NodeId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The last readings of a metric. Immutable.
 *
 * @param nodes of each node that sent one, for a metric that each node has
 * @param total for a metric that is one number; null if nobody sent it
 */
public record MetricSample(MetricSpec spec, Map<NodeId, Reading> nodes, @Nullable Reading total) {

  public MetricSample {
    nodes = Map.copyOf(nodes);
  }
}
