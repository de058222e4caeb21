package io.shardgrid.node.autoscale;

import com.fasterxml.jackson.databind.JsonNode;
import io.shardgrid.autoscale.MetricProposal;
import io.shardgrid.autoscale.NodeSample;
import io.shardgrid.autoscale.ReplicaCalculator;
import io.shardgrid.autoscale.Tolerance;
import java.math.BigDecimal;
import java.util.Set;

/** Cases of one metric. Stateless. */
final class MetricCase {

  private static final Set<String> DIRECTIONS = Set.of("scaleUp", "scaleDown");

  private MetricCase() {}

  /** What the metric proposes. */
  static MetricProposal proposal(CaseKind kind, CaseFields fields) {
    ReplicaCalculator calculator = new ReplicaCalculator(tolerance(fields));
    int current = fields.size("currentReplicas");
    return switch (kind) {
      case RESOURCE_UTILIZATION ->
          calculator.resourceUtilization(current, target(fields), CaseNodes.of(fields));
      case PODS_METRIC -> calculator.nodesMetric(current, target(fields), CaseNodes.of(fields));
      case OBJECT_VALUE, EXTERNAL_VALUE ->
          calculator.value(current, target(fields), fields.whole("total"), serving(fields));
      case OBJECT_AVERAGE, EXTERNAL_AVERAGE ->
          calculator.average(current, target(fields), fields.whole("total"));
      default -> throw fields.wrong("kind", "that of one metric", fields.text("kind"));
    };
  }

  private static long target(CaseFields fields) {
    return fields.whole("target");
  }

  private static int serving(CaseFields fields) {
    return (int)
        CaseNodes.of(fields).stream()
            .map(NodeSample::state)
            .filter(NodeSample.State::serves)
            .count();
  }

  /** One number for both directions, or one for each. */
  private static Tolerance tolerance(CaseFields fields) {
    if (!fields.has("tolerance")) {
      return Tolerance.of(fields.toleranceDefault());
    }
    JsonNode value = fields.json("tolerance");
    if (value.isNumber()) {
      return Tolerance.of(value.decimalValue());
    }
    CaseFields each = fields.inner("tolerance");
    each.requireKnownFields(DIRECTIONS);
    return new Tolerance(direction(each, "scaleUp"), direction(each, "scaleDown"));
  }

  private static BigDecimal direction(CaseFields each, String field) {
    return each.has(field) ? each.decimal(field) : each.toleranceDefault();
  }
}
