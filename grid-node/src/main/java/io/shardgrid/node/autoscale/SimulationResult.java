package io.shardgrid.node.autoscale;

import io.shardgrid.autoscale.MetricVerdict;
import io.shardgrid.autoscale.ScaleAction;
import io.shardgrid.autoscale.ScaleDecision;
import io.shardgrid.autoscale.ScaleReason;
import io.shardgrid.autoscale.SizeVerdict;
import java.time.Duration;
import java.util.List;

/**
 * What came of a trace. Immutable.
 *
 * @param steps one for each decision, in their order, at least one
 */
record SimulationResult(LoadTrace trace, Duration interval, List<Step> steps) {

  private static final double ALL_PERCENT = 100;
  private static final double SECONDS_PER_HOUR = 3_600;

  SimulationResult {
    steps = List.copyOf(steps);
  }

  /**
   * One decision.
   *
   * @param at seconds
   * @param load operations a second that were wanted
   * @param capacity operations a second that could be done
   * @param nodes nodes there were, those that start too, without those that leave
   */
  record Step(long at, double load, double capacity, int nodes, Told told) {

    /** How many nodes were decided to come, or below 0 to go. */
    int change() {
      return told.change();
    }

    /** What the metrics asked for. */
    int proposed() {
      return told.proposed();
    }
  }

  /**
   * What is kept of a decision.
   *
   * @param change how many nodes come, or below 0 go
   * @param proposed what the metrics asked for
   */
  record Told(int change, int proposed, List<MetricVerdict> metrics, List<ScaleReason> reasons) {

    /** Takes it out of a decision. */
    static Told of(ScaleDecision decision) {
      SizeVerdict size = decision.size();
      return new Told(
          decision.action() instanceof ScaleAction.Add add
              ? add.nodes()
              : decision.action() instanceof ScaleAction.Remove ? -1 : 0,
          size.isRecommendation() ? size.proposed() : size.nodes(),
          decision.metrics(),
          decision.reasons());
    }
  }

  /** The steps at which something was decided. */
  List<Step> changes() {
    return steps.stream().filter(step -> step.change() != 0).toList();
  }

  /** How often nodes were started after one had gone, or one went after some were started. */
  int reversals() {
    int reversals = 0;
    int last = 0;
    for (Step step : changes()) {
      int direction = Integer.signum(step.change());
      if (last != 0 && direction != last) {
        reversals++;
      }
      last = direction;
    }
    return reversals;
  }

  /** How much of the load was more than could be done, in percent. */
  double unservedPercent() {
    double load = steps.stream().mapToDouble(Step::load).sum();
    double unserved =
        steps.stream().mapToDouble(step -> Math.max(0, step.load() - step.capacity())).sum();
    return load == 0 ? 0 : ALL_PERCENT * unserved / load;
  }

  /** How long nodes ran, all together. */
  double nodeHours() {
    return nodes() * interval.toSeconds() / SECONDS_PER_HOUR;
  }

  /** How long they would have run if there had always been as many as at most. */
  double nodeHoursAtMost() {
    return (double) mostNodes() * steps.size() * interval.toSeconds() / SECONDS_PER_HOUR;
  }

  /** The most nodes that there were. */
  int mostNodes() {
    return steps.stream().mapToInt(Step::nodes).max().orElse(0);
  }

  private long nodes() {
    return steps.stream().mapToLong(Step::nodes).sum();
  }
}
