package io.shardgrid.client.net;

import io.shardgrid.key.NodeId;
import io.shardgrid.route.Router;
import io.shardgrid.wire.Operation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * By which connection each node is reached: its own, or another one's for a node without a RESP
 * port, which the other one forwards to.
 *
 * <p>{@link #send} may be called by any thread; everything else under the owner's lock, so that the
 * router hears of the closing and opening of one node's way in turn.
 */
final class Ways {

  private final Map<NodeId, Connection> ways = new ConcurrentHashMap<>();
  private final SortedMap<NodeId, Connection> open = new TreeMap<>();
  private final Map<NodeId, NodeId> gateways = new HashMap<>();
  private Set<NodeId> portless = Set.of();
  private final Router router;

  Ways(Router router) {
    this.router = router;
  }

  boolean send(NodeId node, Operation operation) {
    Connection way = ways.get(node);
    return way != null && way.offer(operation);
  }

  boolean isOpen(NodeId node) {
    return open.containsKey(node);
  }

  boolean isNoneOpen() {
    return open.isEmpty();
  }

  /** A node can be reached by this connection. */
  void opened(NodeId node, Connection connection) {
    open.put(node, connection);
    ways.put(node, connection);
    router.wayOpened(node);
    openGateways();
  }

  /** The connection to a node has ended. */
  void closed(NodeId node) {
    open.remove(node);
    List<NodeId> behind = new ArrayList<>();
    gateways.forEach(
        (far, near) -> {
          if (near.equals(node)) {
            behind.add(far);
          }
        });
    close(node);
    behind.forEach(this::closeGateway);
    openGateways();
  }

  /** The members that have no RESP port. */
  void portless(Set<NodeId> nodes) {
    portless = nodes;
    for (NodeId far : List.copyOf(gateways.keySet())) {
      if (!nodes.contains(far)) {
        closeGateway(far);
      }
    }
    openGateways();
  }

  private void openGateways() {
    if (open.isEmpty()) {
      return;
    }
    List<NodeId> near = List.copyOf(open.keySet());
    for (NodeId far : portless) {
      if (!gateways.containsKey(far)) {
        // By hash, so that several such members are not all behind one node.
        NodeId gateway = near.get(Math.floorMod(far.hashCode(), near.size()));
        gateways.put(far, gateway);
        ways.put(far, open.get(gateway));
        router.wayOpened(far);
      }
    }
  }

  private void closeGateway(NodeId far) {
    gateways.remove(far);
    close(far);
  }

  private void close(NodeId node) {
    ways.remove(node);
    router.wayClosed(node);
  }
}
