package io.shardgrid.autoscale;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Works out how many nodes one metric asks for: the arithmetic of the Kubernetes Horizontal Pod
 * Autoscaler. Immutable; O(nodes).
 *
 * <p>Whatever cannot be computed (no reading, a target of 0, sums beyond 64 bits) is an {@link
 * MetricProposal.Unreadable}; no exception is thrown for it.
 */
public final class ReplicaCalculator {
  /*
   * wanted = ceil(level / target * nodes that count), and the size as it is within the tolerance.
   *
   * Nodes without a reading, and nodes that have just begun, make that uncertain. Then it is done
   * twice: first with what was read, which says whether to grow or to shrink; then with the rest
   * filled in so that the step becomes smaller,
   *
   *                          level < target            level > target
   *   without a reading      uses all it should        uses nothing
   *   ignored                stays left out            uses nothing
   *
   * and if the second result points the other way, nothing is changed.
   *
   * Percents, means and sums are whole numbers, and quotients times nodes are doubles, in the order
   * of the source, so that both agree to the last node. Tolerances are compared exactly.
   *
   * Source: kubernetes/kubernetes, pkg/controller/podautoscaler/replica_calculator.go
   * (GetResourceReplicas, GetMetricReplicas, GetObjectMetricReplicas,
   * GetObjectPerPodMetricReplicas, GetExternalMetricReplicas, GetExternalPerPodMetricReplicas,
   * groupPods) and metrics/utilization.go beside it.
   */

  private final Tolerance tolerance;

  public ReplicaCalculator(Tolerance tolerance) {
    this.tolerance = tolerance;
  }

  /**
   * For the use of a resource: readings over requests, in whole percent. Readings of nodes that are
   * not ready, or have just begun, are ignored.
   *
   * @param current nodes there are
   * @param targetPercent what it should be
   */
  public MetricProposal resourceUtilization(
      int current, long targetPercent, List<NodeSample> nodes) {
    return perNode(current, targetPercent, nodes, Yardstick.UTILIZATION);
  }

  /**
   * For the mean of a metric that every node has. Nodes count whether they are ready or not.
   *
   * @param current nodes there are
   * @param target what the mean should be, in the unit of the readings
   */
  public MetricProposal nodesMetric(int current, long target, List<NodeSample> nodes) {
    return perNode(current, target, nodes, Yardstick.AVERAGE);
  }

  /**
   * For one number of an object or of something outside that should have a value.
   *
   * @param current nodes there are; for none there is no tolerance
   * @param target what the number should be, in its unit
   * @param total what it is
   * @param serving nodes that serve
   */
  public MetricProposal value(int current, long target, long total, int serving) {
    String flaw = flaw(current, target, total);
    if (flaw != null) {
      return new MetricProposal.Unreadable(flaw);
    }
    double ratio = (double) total / target;
    if (current == 0) {
      return new MetricProposal.Size(ceil(ratio), total, total);
    }
    int nodes = tolerance.covers(total, target) ? current : ceil(ratio * serving);
    return new MetricProposal.Size(nodes, total, total);
  }

  /**
   * For one number of an object or of something outside that is shared out among the nodes.
   *
   * @param current nodes there are
   * @param target what each node's share should be, in the number's unit
   * @param total what the number is
   */
  public MetricProposal average(int current, long target, long total) {
    String flaw = flaw(current, target, total);
    if (flaw != null) {
      return new MetricProposal.Unreadable(flaw);
    }
    long share = current == 0 ? total : -Math.floorDiv(-total, (long) current);
    BigDecimal wanted = BigDecimal.valueOf(target).multiply(BigDecimal.valueOf(current));
    boolean stays = current > 0 && tolerance.covers(BigDecimal.valueOf(total), wanted);
    int nodes = stays ? current : ceil((double) total / target);
    return new MetricProposal.Size(nodes, share, share);
  }

  private MetricProposal perNode(
      int current, long target, List<NodeSample> nodes, Yardstick yardstick) {
    String flaw = flaw(current, target, 0);
    for (NodeSample node : nodes) {
      if (flaw == null && node.state().exists()) {
        Long reading = node.reading();
        flaw =
            reading != null && reading < 0
                ? "A reading is below 0: found=" + reading
                : yardstick.flaw(node);
      }
    }
    if (flaw != null) {
      return new MetricProposal.Unreadable(flaw);
    }
    try {
      return judged(current, target, yardstick, nodes);
    } catch (ArithmeticException e) {
      return new MetricProposal.Unreadable("Sums of readings need more than 64 bits");
    }
  }

  private MetricProposal judged(
      int current, long target, Yardstick yardstick, List<NodeSample> nodes) {
    NodeGroups groups = NodeGroups.of(nodes, yardstick.asksForReadiness());
    Tally counted = groups.counted();
    if (counted.readings() == 0) {
      return new MetricProposal.Unreadable("No node that counts has a reading: nodes=" + current);
    }
    if (yardstick == Yardstick.UTILIZATION && counted.requests() == 0) {
      return new MetricProposal.Unreadable("The nodes that count have requests of 0");
    }
    long level = yardstick.level(counted);
    int side = Long.compare(level, target);
    boolean isCertain = groups.missing().isEmpty() && (groups.ignored().isEmpty() || side <= 0);
    int wanted =
        isCertain
            ? stepped(current, target, level, counted.readings())
            : cautious(current, target, side, groups.filled(yardstick, target, side), yardstick);
    return new MetricProposal.Size(wanted, level, counted.average());
  }

  private int stepped(int current, long target, long level, long nodes) {
    return tolerance.covers(level, target) ? current : ceil((double) level / target * nodes);
  }

  /** A step that the assumptions may shorten, and not turn round. */
  private int cautious(int current, long target, int side, Tally filled, Yardstick yardstick) {
    long level = yardstick.level(filled);
    int sideThen = Long.compare(level, target);
    if (side * sideThen < 0) {
      return current;
    }
    int wanted = stepped(current, target, level, filled.readings());
    boolean turnsRound = (sideThen < 0 && wanted > current) || (sideThen > 0 && wanted < current);
    return turnsRound ? current : wanted;
  }

  private static @Nullable String flaw(int current, long target, long total) {
    if (current < 0) {
      return "A size is below 0: found=" + current;
    }
    if (target <= 0) {
      return "A target is not above 0: found=" + target;
    }
    return total < 0 ? "A reading is below 0: found=" + total : null;
  }

  /** Rounded up; beyond 31 bits the most that they hold. */
  private static int ceil(double nodes) {
    return (int) Math.ceil(nodes);
  }
}
