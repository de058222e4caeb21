package io.shardgrid.node.autoscale;

import io.shardgrid.autoscale.ClusterSample;
import io.shardgrid.autoscale.MetricSpec;
import io.shardgrid.autoscale.ScaleDecision;
import io.shardgrid.autoscale.ScaleHistory;
import io.shardgrid.autoscale.ScalePolicy;
import io.shardgrid.autoscale.ScaleSettings;
import io.shardgrid.node.cli.CommandException;
import io.shardgrid.node.cli.ExitCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Replays a trace of load against a policy, in simulated time. The same every time. Immutable.
 *
 * @param targetPercent how busy nodes should be
 * @param interval between two decisions
 * @param size nodes at first; 0 for as many as the first load needs
 */
record Simulation(
    ScaleSettings settings, ClusterModel model, int targetPercent, Duration interval, int size) {

  private static final double ALL_PERCENT = 100;
  private static final int STEPS_MAX = 100_000;

  /**
   * What comes of a trace. O(seconds / interval x nodes).
   *
   * @throws CommandException if there were more than 100,000 decisions
   */
  SimulationResult run(LoadTrace trace) {
    long count = (trace.end() - trace.begin()) / interval.toSeconds();
    if (count >= STEPS_MAX) {
      throw new CommandException(
          ExitCode.USAGE,
          "--interval: the trace has more than %d of them: found=%d".formatted(STEPS_MAX, count));
    }
    MetricSpec metric = new MetricSpec("load", MetricSpec.Kind.UTILIZATION, targetPercent);
    SimulatedCluster cluster = new SimulatedCluster(model, metric, firstSize(trace));
    ScalePolicy policy = new ScalePolicy(settings);
    ScaleHistory history = ScaleHistory.NONE;
    List<SimulationResult.Step> steps = new ArrayList<>();
    for (long at = trace.begin(); at <= trace.end(); at += interval.toSeconds()) {
      cluster.advance(at);
      double load = trace.loadAt(at);
      ClusterSample sample = cluster.sample(at, load);
      ScaleDecision decision = policy.decide(sample, history, SimulatedCluster.instant(at));
      SimulationResult.Told told = SimulationResult.Told.of(decision);
      steps.add(new SimulationResult.Step(at, load, cluster.capacity(at), sample.size(), told));
      int after = sample.size() + told.change();
      history = decision.history().scaled(sample.size(), after, SimulatedCluster.instant(at));
      cluster.act(decision.action(), at);
    }
    return new SimulationResult(trace, interval, steps);
  }

  private int firstSize(LoadTrace trace) {
    if (size > 0) {
      return size;
    }
    double each = model.capacity() * targetPercent / ALL_PERCENT;
    double needed = Math.max(1, Math.ceil(trace.loadAt(trace.begin()) / each));
    double most = settings.bounds().max();
    return (int) Math.max(settings.bounds().min(), Math.min(most, needed));
  }
}
