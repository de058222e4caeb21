package io.shardgrid.autoscale;

import io.shardgrid.autoscale.Actuator.Leaver;
import io.shardgrid.key.MemberView.Standing;
import io.shardgrid.key.NodeId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A cluster that a test puts together; nodes are members for an hour and hold 1000 bytes each. */
final class TestCluster {

  static final long BYTES_MAX = 10_000;
  static final MetricSpec CPU = new MetricSpec("cpu", MetricSpec.Kind.UTILIZATION, 50);

  private final List<NodeLoad> nodes = new ArrayList<>();
  private final Map<NodeId, Reading> readings = new HashMap<>();
  private final List<MetricSample> others = new ArrayList<>();
  private final List<ScaleReason> holds = new ArrayList<>();
  private Leaver leaver = Leaver.ANY;

  /** So many nodes, in three zones, that use so much of their processors. */
  static TestCluster of(int size, double percent, Instant now) {
    TestCluster cluster = new TestCluster();
    for (int node = 0; node < size; node++) {
      cluster.add(node, "zone" + node % 3, Standing.UP, now.minusSeconds(3_600), 500, 1_000);
      cluster.read(node, percent, now);
    }
    return cluster;
  }

  static NodeId id(int node) {
    return new NodeId("10.0.0." + node, 10_171, node);
  }

  TestCluster add(int node, String zone, Standing standing, Instant upSince, long own, long held) {
    nodes.removeIf(one -> one.id().equals(id(node)));
    nodes.add(
        new NodeLoad(
            id(node), "node-" + node, zone, standing, upSince, own, held, BYTES_MAX, true));
    return this;
  }

  TestCluster standing(int node, Standing standing) {
    nodes.replaceAll(
        one ->
            one.id().equals(id(node))
                ? new NodeLoad(
                    one.id(),
                    one.name(),
                    one.zone(),
                    standing,
                    one.upSince(),
                    one.ownBytes(),
                    one.heldBytes(),
                    one.bytesMax(),
                    true)
                : one);
    return this;
  }

  TestCluster bytes(long own, long held, long max) {
    nodes.replaceAll(
        one ->
            new NodeLoad(
                one.id(),
                one.name(),
                one.zone(),
                one.standing(),
                one.upSince(),
                own,
                held,
                max,
                true));
    return this;
  }

  TestCluster read(int node, double percent, Instant at) {
    readings.put(id(node), new Reading(percent, 100, at));
    return this;
  }

  TestCluster forget(int node) {
    readings.remove(id(node));
    return this;
  }

  TestCluster with(MetricSample metric) {
    others.add(metric);
    return this;
  }

  TestCluster migrating() {
    holds.add(new ScaleReason(ScaleReason.Cause.MIGRATING, "Shards are being moved"));
    return this;
  }

  TestCluster repairing() {
    holds.add(new ScaleReason(ScaleReason.Cause.REPAIRING, "Copies are missing"));
    return this;
  }

  TestCluster leaver(Leaver next) {
    leaver = next;
    return this;
  }

  ClusterSample sample() {
    List<MetricSample> metrics = new ArrayList<>(others);
    metrics.add(new MetricSample(CPU, readings, null));
    return new ClusterSample(nodes, metrics, holds, leaver, Duration.ZERO);
  }

  /** Settings for 2 to 20 nodes with two copies and no window. */
  static ScaleSettings settings(Duration downWindow) {
    return new ScaleSettings(
        new Bounds(2, 20),
        new ScalingBehavior(
            ScalingRules.UP,
            new ScalingRules(ScalingRules.DOWN.select(), downWindow, ScalingRules.DOWN.policies())),
        Tolerance.DEFAULT,
        new DataRoom(2, 80),
        Patience.DEFAULT);
  }
}
