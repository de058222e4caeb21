package io.shardgrid.node.autoscale;

import com.fasterxml.jackson.databind.JsonNode;
import io.shardgrid.autoscale.ScalingBehavior;
import io.shardgrid.autoscale.ScalingPolicy;
import io.shardgrid.autoscale.ScalingRules;
import io.shardgrid.autoscale.ScalingRules.Select;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Rules of how fast the size may change, as cases have them. Stateless. */
final class CaseRules {

  private static final Set<String> FIELDS = Set.of("select", "stabilization", "policies");
  private static final int POLICY_PARTS = 3;

  private CaseRules() {}

  /** The rules of both directions; what a case does not say is as it is by default. */
  static ScalingBehavior behavior(CaseFields fields) {
    return new ScalingBehavior(
        rules(fields, "scaleUp", ScalingRules.UP), rules(fields, "scaleDown", ScalingRules.DOWN));
  }

  /** The rules in a field. */
  static ScalingRules rules(CaseFields fields, String field, ScalingRules otherwise) {
    if (!fields.has(field)) {
      return otherwise;
    }
    CaseFields rules = fields.inner(field);
    rules.requireKnownFields(FIELDS);
    return new ScalingRules(
        rules.has("select") ? select(rules) : otherwise.select(),
        rules.has("stabilization")
            ? Past.seconds(rules, "stabilization")
            : otherwise.stabilization(),
        rules.has("policies") ? policies(rules) : otherwise.policies());
  }

  /** Whether the rules in a field say how far to look back. */
  static boolean hasWindow(CaseFields fields, String field) {
    return fields.has(field) && fields.inner(field).has("stabilization");
  }

  private static Select select(CaseFields rules) {
    String found = rules.text("select");
    return switch (found) {
      case "Max" -> Select.MAX;
      case "Min" -> Select.MIN;
      case "Disabled" -> Select.DISABLED;
      default -> throw rules.wrong("select", "Max, Min or Disabled", found);
    };
  }

  private static List<ScalingPolicy> policies(CaseFields rules) {
    List<ScalingPolicy> policies = new ArrayList<>();
    for (JsonNode policy : rules.list("policies")) {
      if (!policy.isArray() || policy.size() != POLICY_PARTS || !policy.path(0).isTextual()) {
        throw rules.wrong("policies", "a list of [Pods|Percent, value, periodSeconds]", policy);
      }
      long value = rules.whole("policies", policy.path(1));
      if (value < 0 || value > Integer.MAX_VALUE) {
        throw rules.wrong("policies", "a value, 0 to " + Integer.MAX_VALUE, value);
      }
      Duration period = Past.seconds(rules, "policies", policy.path(2));
      policies.add(new ScalingPolicy(unit(rules, policy.path(0).asText()), (int) value, period));
    }
    return policies;
  }

  private static ScalingPolicy.Unit unit(CaseFields rules, String found) {
    return switch (found) {
      case "Pods" -> ScalingPolicy.Unit.NODES;
      case "Percent" -> ScalingPolicy.Unit.PERCENT;
      default -> throw rules.wrong("policies", "Pods or Percent", found);
    };
  }
}
