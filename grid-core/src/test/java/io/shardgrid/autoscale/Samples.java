package io.shardgrid.autoscale;

import io.shardgrid.autoscale.NodeSample.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Nodes and histories for tests. */
final class Samples {

  static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");

  private Samples() {}

  /** Nodes that are ready, with these readings and requests of 1000. */
  static List<NodeSample> ready(long... readings) {
    return Arrays.stream(readings).mapToObj(reading -> node(State.READY, reading)).toList();
  }

  /** A node with a request of 1000. */
  static NodeSample node(State state, long reading) {
    return new NodeSample(state, reading, 1_000L);
  }

  /** A node with a request of 1000 and without a reading. */
  static NodeSample without(State state) {
    return new NodeSample(state, null, 1_000L);
  }

  /** These nodes and others. */
  static List<NodeSample> and(List<NodeSample> nodes, NodeSample... others) {
    List<NodeSample> all = new ArrayList<>(nodes);
    all.addAll(List.of(others));
    return all;
  }

  /** What was recommended so many seconds ago. */
  static Recommendation recommended(int nodes, long secondsAgo) {
    return new Recommendation(nodes, NOW.minusSeconds(secondsAgo));
  }

  /** What changed so many seconds ago. */
  static ScaleEvent changed(int nodes, long secondsAgo) {
    return new ScaleEvent(nodes, NOW.minusSeconds(secondsAgo));
  }

  /** Rules with one policy. */
  static ScalingRules rules(ScalingPolicy.Unit unit, int value, int seconds) {
    return rules(ScalingRules.Select.MAX, policy(unit, value, seconds));
  }

  /** Rules without a window. */
  static ScalingRules rules(ScalingRules.Select select, ScalingPolicy... policies) {
    return new ScalingRules(select, Duration.ZERO, List.of(policies));
  }

  static ScalingPolicy policy(ScalingPolicy.Unit unit, int value, int seconds) {
    return new ScalingPolicy(unit, value, Duration.ofSeconds(seconds));
  }
}
