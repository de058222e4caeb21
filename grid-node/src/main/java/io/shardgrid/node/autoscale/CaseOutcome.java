package io.shardgrid.node.autoscale;

import io.shardgrid.autoscale.MetricProposal;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What a case comes to. Immutable.
 *
 * @param number the size, the limit or the sum; empty if there is none
 * @param isProposal whether the metrics had anything to say
 * @param details further results by the names of the fields that expect them
 * @param remark why there is no proposal, or what differs within; empty if there is nothing to say
 * @param differs whether something within is not as expected
 */
record CaseOutcome(
    OptionalLong number,
    boolean isProposal,
    Map<String, String> details,
    String remark,
    boolean differs) {

  CaseOutcome {
    details = Map.copyOf(details);
  }

  /** A number and nothing else. */
  static CaseOutcome of(long number) {
    return new CaseOutcome(OptionalLong.of(number), true, Map.of(), "", false);
  }

  /** What a metric proposes. */
  static CaseOutcome of(MetricProposal proposal) {
    if (proposal instanceof MetricProposal.Size size) {
      Map<String, String> details =
          Map.of(
              Expectation.UTILIZATION,
              Long.toString(size.reported()),
              Expectation.AVERAGE,
              Long.toString(size.average()));
      return new CaseOutcome(OptionalLong.of(size.nodes()), true, details, "", false);
    }
    String reason = ((MetricProposal.Unreadable) proposal).reason();
    return new CaseOutcome(OptionalLong.empty(), false, Map.of(), reason, false);
  }
}
