package io.shardgrid.node.autoscale;

import io.shardgrid.autoscale.Bounds;
import io.shardgrid.autoscale.MetricProposal;
import io.shardgrid.autoscale.ScaleHistory;
import io.shardgrid.autoscale.ScalingBehavior;
import io.shardgrid.autoscale.SizeController;
import io.shardgrid.autoscale.SizeRules;
import io.shardgrid.autoscale.SizeVerdict;
import io.shardgrid.autoscale.StabilizationWindows;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Cases of several metrics, a look back and bounds. Stateless.
 *
 * <p>The look back is part of a case that has {@code history} or a window. If it has a window and
 * no history, the autoscaler has just started: the size that it finds is its first recommendation.
 * A case with neither says nothing of the past, and nothing is held back.
 */
final class ControllerCase {

  private static final int FACTOR = 2;
  private static final List<String> WINDOWS = List.of("history", "upWindow", "downWindow");

  private ControllerCase() {}

  static CaseOutcome evaluate(CaseFields fields) {
    int current = fields.size("currentReplicas");
    Bounds bounds =
        new Bounds(fields.size("minReplicas", 1), fields.size("maxReplicas", Integer.MAX_VALUE));
    List<MetricProposal> proposals = new ArrayList<>();
    List<String> differences = new ArrayList<>();
    List<String> reasons = new ArrayList<>();
    for (CaseFields metric : fields.metrics()) {
      MetricProposal proposal = proposal(metric);
      proposals.add(proposal);
      if (proposal instanceof MetricProposal.Unreadable unreadable) {
        reasons.add(unreadable.reason());
      }
      Expectation expected = Expectation.optional(metric);
      if (!expected.holds(CaseOutcome.of(proposal))) {
        differences.add("metric " + proposals.size() + " came to " + proposal);
      }
    }
    SizeVerdict verdict =
        new SizeController(rules(fields, bounds))
            .decide(current, proposals, history(fields, current), Past.NOW);
    boolean differs = !differences.isEmpty();
    return new CaseOutcome(
        OptionalLong.of(verdict.nodes()),
        verdict.isProposal(),
        details(verdict, proposals),
        String.join("; ", differs ? differences : verdict.isProposal() ? List.of() : reasons),
        differs);
  }

  /** What bit, and the present value of the first metric that could be read. */
  private static Map<String, String> details(SizeVerdict verdict, List<MetricProposal> proposals) {
    Map<String, String> details = new HashMap<>();
    proposals.stream()
        .filter(MetricProposal.Size.class::isInstance)
        .findFirst()
        .ifPresent(first -> details.putAll(CaseOutcome.of(first).details()));
    details.put(Expectation.CONDITION, verdict.limit().condition());
    return details;
  }

  private static MetricProposal proposal(CaseFields metric) {
    metric.requireKnownFields();
    return metric.has("error") && metric.flag("error")
        ? new MetricProposal.Unreadable("A metric could not be read")
        : MetricCase.proposal(CaseKind.of(metric), metric);
  }

  private static SizeRules rules(CaseFields fields, Bounds bounds) {
    boolean hasBehavior = fields.has("scaleUp") || fields.has("scaleDown");
    ScalingBehavior behavior = CaseRules.behavior(fields);
    StabilizationWindows windows =
        hasPast(fields) ? Past.windows(fields, behavior.windows()) : StabilizationWindows.NONE;
    int factor = hasBehavior ? 0 : Math.max(1, fields.size("scaleUpFactor", FACTOR));
    return new SizeRules(bounds, behavior, windows, factor);
  }

  private static ScaleHistory history(CaseFields fields, int current) {
    ScaleHistory past = Past.history(fields, current);
    return new ScaleHistory(past.recommendations(), Past.events(fields));
  }

  private static boolean hasPast(CaseFields fields) {
    return WINDOWS.stream().anyMatch(fields::has)
        || CaseRules.hasWindow(fields, "scaleUp")
        || CaseRules.hasWindow(fields, "scaleDown");
  }
}
