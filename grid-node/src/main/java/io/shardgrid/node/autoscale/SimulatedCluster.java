package io.shardgrid.node.autoscale;

import io.shardgrid.autoscale.Actuator;
import io.shardgrid.autoscale.ClusterSample;
import io.shardgrid.autoscale.MetricSample;
import io.shardgrid.autoscale.MetricSpec;
import io.shardgrid.autoscale.NodeLoad;
import io.shardgrid.autoscale.Reading;
import io.shardgrid.autoscale.ScaleAction;
import io.shardgrid.autoscale.ScaleReason;
import io.shardgrid.key.MemberView.Standing;
import io.shardgrid.key.NodeId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Nodes that start, get their share, and hand it over, in simulated time. The load is spread evenly
 * over those that have their share; a node cannot do more than its capacity.
 *
 * <p>Confined to one thread.
 */
final class SimulatedCluster {

  private static final int PORT = 10_171;
  private static final long NEVER = Long.MAX_VALUE;
  private static final ScaleReason MOVING =
      new ScaleReason(ScaleReason.Cause.MIGRATING, "Shards are being moved");

  private final ClusterModel model;
  private final MetricSpec metric;
  private final List<Node> nodes = new ArrayList<>();
  private int started;

  /** A node, and when what becomes of it, in seconds. */
  private static final class Node {
    final NodeId id;
    final String zone;
    final long upAt;
    final long sharesAt;
    long goneAt = NEVER;

    Node(NodeId id, String zone, long upAt, long sharesAt) {
      this.id = id;
      this.zone = zone;
      this.upAt = upAt;
      this.sharesAt = sharesAt;
    }

    boolean isLeaving() {
      return goneAt != NEVER;
    }
  }

  /**
   * A cluster that has been running for long.
   *
   * @param size nodes at first
   */
  SimulatedCluster(ClusterModel model, MetricSpec metric, int size) {
    this.model = model;
    this.metric = metric;
    for (int node = 0; node < size; node++) {
      start(-1_000_000, -1_000_000);
    }
  }

  private void start(long upAt, long sharesAt) {
    started++;
    String zone = "zone" + started % model.zones();
    nodes.add(new Node(new NodeId("node" + started, PORT, started), zone, upAt, sharesAt));
  }

  /** Lets the time come: nodes that have handed all over are gone. */
  void advance(long seconds) {
    nodes.removeIf(node -> node.goneAt <= seconds);
  }

  /** Does what was decided. */
  void act(ScaleAction action, long seconds) {
    if (action instanceof ScaleAction.Add add) {
      long upAt = seconds + model.start().toSeconds();
      for (int node = 0; node < add.nodes(); node++) {
        start(upAt, upAt + model.move().toSeconds());
      }
    } else if (action instanceof ScaleAction.Remove remove) {
      nodes.stream()
          .filter(node -> node.id.equals(remove.node()))
          .forEach(node -> node.goneAt = seconds + model.move().toSeconds());
    }
  }

  /** What those nodes can do that have their share, in operations a second. */
  double capacity(long seconds) {
    return model.capacity() * sharing(seconds);
  }

  private long sharing(long seconds) {
    return nodes.stream().filter(node -> node.sharesAt <= seconds).count();
  }

  /** What an autoscaler is told. */
  ClusterSample sample(long seconds, double load) {
    Instant now = instant(seconds);
    double sharing = Math.max(1, sharing(seconds));
    double used = Math.min(model.capacity(), load / sharing);
    List<NodeLoad> loads = new ArrayList<>();
    Map<NodeId, Reading> readings = new HashMap<>();
    for (Node node : nodes) {
      boolean isSharing = node.sharesAt <= seconds;
      long own = isSharing ? (long) (model.bytes() / sharing) : 0;
      loads.add(
          new NodeLoad(
              node.id,
              node.id.host(),
              node.zone,
              standing(node, seconds),
              instant(node.upAt),
              own,
              own * model.copies(),
              model.bytesMax(),
              true));
      if (node.upAt <= seconds) {
        readings.put(node.id, new Reading(isSharing ? used : 0, model.capacity(), now));
      }
    }
    return new ClusterSample(
        loads,
        List.of(new MetricSample(metric, readings, null)),
        isMoving(seconds) ? List.of(MOVING) : List.of(),
        Actuator.Leaver.ANY,
        Duration.ZERO);
  }

  private boolean isMoving(long seconds) {
    return nodes.stream()
        .anyMatch(node -> node.isLeaving() || (node.upAt <= seconds && seconds < node.sharesAt));
  }

  private static Standing standing(Node node, long seconds) {
    if (node.isLeaving()) {
      return Standing.LEAVING;
    }
    return node.upAt <= seconds ? Standing.UP : Standing.JOINING;
  }

  /** A time of the simulation. */
  static Instant instant(long seconds) {
    return Instant.EPOCH.plusSeconds(seconds);
  }
}
