package io.shardgrid.node.autoscale;

import io.shardgrid.autoscale.ScaleEvent;
import io.shardgrid.autoscale.ScalingBehavior;

/** Cases of what happened before. Stateless. */
final class HistoryCases {

  private HistoryCases() {}

  /** A size after a look back. */
  static CaseOutcome stabilize(CaseFields fields) {
    int current = fields.size("currentReplicas");
    return CaseOutcome.of(
        Past.windows(fields, ScalingBehavior.DEFAULT.windows())
            .stabilized(
                current,
                fields.size("desired"),
                Past.history(fields, current).recommendations(),
                Past.NOW));
  }

  /** A sum of changes. */
  static CaseOutcome changeInPeriod(CaseFields fields) {
    return CaseOutcome.of(
        ScaleEvent.changeWithin(
            Past.seconds(fields, "period"), Past.events(fields, "events", 1), Past.NOW));
  }
}
