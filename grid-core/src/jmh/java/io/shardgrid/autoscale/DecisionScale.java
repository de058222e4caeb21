package io.shardgrid.autoscale;

import io.shardgrid.figures.Effort;
import io.shardgrid.figures.MarkdownTable;
import io.shardgrid.key.MemberView.Standing;
import io.shardgrid.key.NodeId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** What a decision of the autoscaler costs in a large cluster. */
public final class DecisionScale {

  private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
  private static final int METRICS = 5;
  private static final int HISTORY = 1_200;
  private static final long SEED = 1;

  private final List<NodeLoad> nodes = new ArrayList<>();
  private final List<MetricSample> metrics = new ArrayList<>();

  private DecisionScale(int count) {
    Random random = new Random(SEED);
    for (int number = 0; number < count; number++) {
      NodeId id = new NodeId("10.0.%d.%d".formatted(number / 256, number % 256), 10_171, number);
      nodes.add(
          new NodeLoad(
              id,
              "node-" + number,
              "zone-" + number % 3,
              Standing.UP,
              NOW.minusSeconds(3_600),
              140,
              280,
              400,
              true));
    }
    for (int metric = 0; metric < METRICS; metric++) {
      Map<NodeId, Reading> readings = new HashMap<>();
      nodes.forEach(
          node -> readings.put(node.id(), new Reading(40 + random.nextInt(30), 100, NOW)));
      MetricSpec.Kind kind = MetricSpec.Kind.UTILIZATION;
      metrics.add(new MetricSample(new MetricSpec("metric-" + metric, kind, 50), readings, null));
    }
  }

  /** So many nodes, five metrics of each, and a decision every 15 s before for five hours. */
  public static MarkdownTable measure(int nodes, int rounds) {
    DecisionScale scale = new DecisionScale(nodes);
    ScalePolicy policy =
        new ScalePolicy(
            new ScaleSettings(
                new Bounds(2, 2 * nodes),
                new ScalingBehavior(ScalingRules.UP, ScalingRules.DOWN),
                Tolerance.DEFAULT,
                new DataRoom(2, 80),
                Patience.DEFAULT));
    ScaleHistory history = ScaleHistory.startingWith(nodes, NOW.minusSeconds(15L * HISTORY));
    for (int decision = HISTORY - 1; decision > 0; decision--) {
      history = history.recommended(nodes, NOW.minus(Duration.ofSeconds(15L * decision)));
    }
    MarkdownTable table = new MarkdownTable("a decision", "CPU time", "allocated");
    ScaleHistory past = history;
    ClusterSample sample =
        new ClusterSample(
            scale.nodes, scale.metrics, List.of(), Actuator.Leaver.ANY, Duration.ZERO);
    Effort effort = Effort.median(rounds, () -> () -> policy.decide(sample, past, NOW));
    table.row("%d nodes, %d metrics".formatted(nodes, METRICS), effort.time(), effort.bytes());
    return table;
  }
}
