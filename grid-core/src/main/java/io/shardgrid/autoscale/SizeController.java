package io.shardgrid.autoscale;

import io.shardgrid.autoscale.SizeVerdict.Basis;
import java.time.Instant;
import java.util.List;

/**
 * Makes one size of what several metrics propose. Immutable; O(metrics + history).
 *
 * <p>Source: kubernetes/kubernetes, pkg/controller/podautoscaler/horizontal.go
 * (reconcileAutoscaler, computeReplicasForMetrics, normalizeDesiredReplicas,
 * normalizeDesiredReplicasWithBehaviors).
 */
public final class SizeController {

  private final SizeRules rules;

  public SizeController(SizeRules rules) {
    this.rules = rules;
  }

  /**
   * Decides. The largest proposal counts; one metric that cannot be read forbids shrinking.
   *
   * @param current nodes there are
   * @param proposals of each metric
   * @param history what was recommended and changed before
   */
  public SizeVerdict decide(
      int current, List<MetricProposal> proposals, ScaleHistory history, Instant now) {
    Bounds bounds = rules.bounds();
    if (current == 0 && bounds.min() > 0) {
      return SizeVerdict.of(0, Basis.SWITCHED_OFF, current);
    }
    if (current > bounds.max()) {
      return SizeVerdict.of(bounds.max(), Basis.ABOVE_MAX, current);
    }
    if (current < bounds.min()) {
      return SizeVerdict.of(bounds.min(), Basis.BELOW_MIN, current);
    }
    List<MetricProposal.Size> sizes =
        proposals.stream()
            .filter(MetricProposal.Size.class::isInstance)
            .map(MetricProposal.Size.class::cast)
            .toList();
    if (sizes.isEmpty()) {
      return SizeVerdict.of(current, Basis.NOTHING_READ, current);
    }
    int proposed = sizes.stream().mapToInt(MetricProposal.Size::nodes).max().orElse(current);
    if (proposed < current && sizes.size() < proposals.size()) {
      return new SizeVerdict(current, Basis.PARTLY_READ, proposed, current, SizeLimit.NONE);
    }
    int stabilized = rules.windows().stabilized(current, proposed, history.recommendations(), now);
    LimitedSize limited = rules.limited(current, stabilized, history.events(), now);
    return new SizeVerdict(limited.nodes(), Basis.METRICS, proposed, stabilized, limited.limit());
  }
}
