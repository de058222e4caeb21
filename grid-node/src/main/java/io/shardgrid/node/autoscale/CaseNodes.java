package io.shardgrid.node.autoscale;

import io.shardgrid.autoscale.NodeSample;
import io.shardgrid.autoscale.NodeSample.State;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The nodes of a case. Stateless. */
final class CaseNodes {

  private static final int NODES_MAX = 1_000_000;

  private CaseNodes() {}

  /**
   * The nodes in the order of their indexes. There are as many as {@code pods} says, else as many
   * as there are replicas, and at least as many as have a state of their own: those that have
   * failed or leave are no replicas. Readings beyond them are of nodes that nobody knows.
   */
  static List<NodeSample> of(CaseFields fields) {
    Map<Integer, State> states = states(fields);
    Set<Integer> missing = new HashSet<>(fields.sizes("missing"));
    List<@Nullable Long> readings = fields.wholes("perPodMetric");
    List<@Nullable Long> requests = fields.wholes("requests");
    Set<Integer> named = new HashSet<>(missing);
    named.addAll(states.keySet());
    int count = count(fields, named);
    List<NodeSample> nodes = new ArrayList<>();
    for (int node = 0; node < count; node++) {
      Long reading = missing.contains(node) ? null : at(readings, node);
      State state = states.getOrDefault(node, State.READY);
      nodes.add(new NodeSample(state, reading, at(requests, node)));
    }
    return nodes;
  }

  /** The states of those that are not simply ready; of several, the one that says most. */
  private static Map<Integer, State> states(CaseFields fields) {
    Map<String, State> names = new LinkedHashMap<>();
    names.put("initializing", State.INITIALIZING);
    names.put("unready", State.UNREADY);
    names.put("pending", State.PENDING);
    names.put("deleting", State.LEAVING);
    names.put("failed", State.FAILED);
    Map<Integer, State> states = new HashMap<>();
    names.forEach((field, state) -> fields.sizes(field).forEach(node -> states.put(node, state)));
    return states;
  }

  private static int count(CaseFields fields, Set<Integer> named) {
    long count = fields.size("pods", fields.size("currentReplicas"));
    for (int node : named) {
      if (fields.has("pods") && node >= count) {
        throw fields.wrong("there is no node " + node + ": 'pods' is " + count);
      }
      count = Math.max(count, node + 1L);
    }
    if (count > NODES_MAX) {
      throw fields.wrong("more than " + NODES_MAX + " nodes: found is " + count);
    }
    return (int) count;
  }

  private static @Nullable Long at(List<@Nullable Long> list, int index) {
    return index < list.size() ? list.get(index) : null;
  }
}
