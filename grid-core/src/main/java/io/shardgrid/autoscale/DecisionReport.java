package io.shardgrid.autoscale;

import io.shardgrid.autoscale.ScaleReason.Cause;
import io.shardgrid.key.MemberView.Standing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A decision with all that it was made from, as it is shown. Immutable.
 *
 * @param since when the first of those was made that were all alike
 * @param at when the last of them was made
 * @param times how many there were
 * @param nodes how many there were, without those that leave
 * @param change nodes to come, or below 0 to go
 * @param leaving the node to go; empty if none is
 * @param basis what the size rests on
 * @param proposed what the metrics asked for, the present size if they were not asked
 * @param stabilized the same after a look back
 * @param limited the same within what may be
 * @param limit what kept the size from being that
 * @param inputs each member
 */
public record DecisionReport(
    Instant since,
    Instant at,
    int times,
    int nodes,
    int change,
    String leaving,
    SizeVerdict.Basis basis,
    int proposed,
    int stabilized,
    int limited,
    SizeLimit limit,
    List<Metric> metrics,
    List<ScaleReason> reasons,
    List<Input> inputs) {

  public DecisionReport {
    metrics = List.copyOf(metrics);
    reasons = List.copyOf(reasons);
    inputs = List.copyOf(inputs);
  }

  /**
   * What a metric said.
   *
   * @param kind what its numbers are
   * @param target in percent for a utilisation, else in thousandths of its unit
   * @param reported the same, as it was read; below 0 if it could not be read
   * @param proposed nodes that it asked for; below 0 if it asked for none
   * @param problem why it could not be read, or what is wrong with readings; else empty
   */
  public record Metric(
      String name,
      MetricSpec.Kind kind,
      long target,
      long reported,
      int proposed,
      String problem) {}

  /**
   * What was known of a member.
   *
   * @param heldBytes of all replicas; below 0 if it has not reported
   * @param readings by metric, in the order of their names: numbers that make no sense included
   */
  public record Input(
      String node,
      String zone,
      Standing standing,
      Instant upSince,
      long ownBytes,
      long heldBytes,
      long bytesMax,
      List<Value> readings) {

    public Input {
      readings = List.copyOf(readings);
    }
  }

  /**
   * A reading, and when it came.
   *
   * @param value as the node said it: it may be anything
   * @param whole what a utilisation is a part of
   */
  public record Value(String metric, double value, double whole, Instant at) {}

  static DecisionReport of(ScaleDecision decision, boolean isHelpless) {
    SizeVerdict size = decision.size();
    ScaleAction action = decision.action();
    List<ScaleReason> reasons = new ArrayList<>(decision.reasons());
    if (isHelpless && !(action instanceof ScaleAction.Stay)) {
      reasons.add(
          new ScaleReason(
              Cause.NO_ACTUATOR, "Nobody can start or end nodes: key=grid.node.provision.kind"));
    }
    return new DecisionReport(
        decision.at(),
        decision.at(),
        1,
        decision.inputs().size(),
        decision.change(),
        decision.leaving(),
        size.basis(),
        size.proposed(),
        size.stabilized(),
        size.nodes(),
        size.limit(),
        metrics(decision),
        reasons,
        inputs(decision.inputs()));
  }

  private static List<Metric> metrics(ScaleDecision decision) {
    List<Metric> metrics = new ArrayList<>();
    for (int i = 0; i < decision.metrics().size(); i++) {
      MetricVerdict verdict = decision.metrics().get(i);
      MetricSpec spec = decision.inputs().metrics().get(i).spec();
      String problem = String.join("; ", verdict.doubts());
      if (verdict.proposal() instanceof MetricProposal.Size size) {
        metrics.add(metric(spec, size.reported(), size.nodes(), problem));
      } else if (verdict.proposal() instanceof MetricProposal.Unreadable unreadable) {
        String all = problem.isEmpty() ? unreadable.reason() : problem;
        metrics.add(metric(spec, -1, -1, all));
      }
    }
    return metrics;
  }

  private static Metric metric(MetricSpec spec, long reported, int proposed, String problem) {
    return new Metric(spec.name(), spec.kind(), spec.target(), reported, proposed, problem);
  }

  private static List<Input> inputs(ClusterSample sample) {
    List<Input> inputs = new ArrayList<>();
    for (NodeLoad node : sample.nodes()) {
      List<Value> values = new ArrayList<>();
      for (MetricSample metric : sample.metrics()) {
        Reading reading = metric.nodes().get(node.id());
        if (reading != null) {
          values.add(
              new Value(metric.spec().name(), reading.value(), reading.request(), reading.at()));
        }
      }
      inputs.add(
          new Input(
              node.name(),
              node.zone(),
              node.standing(),
              node.upSince(),
              node.ownBytes(),
              node.heldBytes(),
              node.bytesMax(),
              values));
    }
    return inputs;
  }

  /** How much it tells: inputs and readings. */
  int weight() {
    return inputs.stream().mapToInt(input -> 1 + input.readings().size()).sum();
  }

  /** Whether it is the same decision, about the same size, for the same causes. */
  boolean isLike(DecisionReport other) {
    return nodes == other.nodes
        && change == other.change
        && leaving.equals(other.leaving)
        && causes().equals(other.causes());
  }

  private List<Cause> causes() {
    return reasons.stream().map(ScaleReason::cause).distinct().sorted().toList();
  }

  /** The same, when it was made after others like it. */
  DecisionReport after(DecisionReport earlier) {
    return new DecisionReport(
        earlier.since,
        at,
        earlier.times + 1,
        nodes,
        change,
        leaving,
        basis,
        proposed,
        stabilized,
        limited,
        limit,
        metrics,
        reasons,
        inputs);
  }
}
