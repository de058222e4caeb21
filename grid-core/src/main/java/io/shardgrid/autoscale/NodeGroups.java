package io.shardgrid.autoscale;

import java.util.ArrayList;
import java.util.List;

/**
 * The nodes that a metric is about, by what their readings are good for. Immutable.
 *
 * @param counted readings of the nodes that count
 * @param ignored nodes that do not count: what they use says nothing
 * @param missing nodes that would count, but have no reading
 */
record NodeGroups(Tally counted, List<NodeSample> ignored, List<NodeSample> missing) {

  NodeGroups {
    ignored = List.copyOf(ignored);
    missing = List.copyOf(missing);
  }

  /**
   * Sorts the nodes.
   *
   * @throws ArithmeticException if a sum needs more than 64 bits
   */
  static NodeGroups of(List<NodeSample> nodes, boolean asksForReadiness) {
    Tally counted = Tally.EMPTY;
    List<NodeSample> ignored = new ArrayList<>();
    List<NodeSample> missing = new ArrayList<>();
    for (NodeSample node : nodes) {
      Long reading = node.reading();
      if (!node.state().exists()) {
        continue;
      }
      if (node.state() == NodeSample.State.PENDING) {
        ignored.add(node);
      } else if (reading == null) {
        missing.add(node);
      } else if (asksForReadiness && node.state() != NodeSample.State.READY) {
        ignored.add(node);
      } else {
        counted = counted.plus(reading, Yardstick.requestOf(node));
      }
    }
    return new NodeGroups(counted, ignored, missing);
  }

  /**
   * The readings that count, and what is assumed of the other nodes: the cautious thing on the
   * metric's side of its target.
   *
   * @param side below 0 if the readings are below the target, above 0 if they are above
   * @throws ArithmeticException if a sum needs more than 64 bits
   */
  Tally filled(Yardstick yardstick, long target, int side) {
    Tally filled = counted;
    if (side != 0) {
      for (NodeSample node : missing) {
        long assumed = side < 0 ? yardstick.assumed(node, target) : 0;
        filled = filled.plus(assumed, Yardstick.requestOf(node));
      }
    }
    if (side > 0) {
      for (NodeSample node : ignored) {
        filled = filled.plus(0, Yardstick.requestOf(node));
      }
    }
    return filled;
  }
}
