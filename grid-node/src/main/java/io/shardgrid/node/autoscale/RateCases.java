package io.shardgrid.node.autoscale;

import io.shardgrid.autoscale.Bounds;
import io.shardgrid.autoscale.LimitedSize;
import io.shardgrid.autoscale.RateLimit;
import io.shardgrid.autoscale.ScalingRules;
import io.shardgrid.autoscale.SizeRules;
import java.util.Map;
import java.util.OptionalLong;

/** Cases of how fast a size may change. Stateless. */
final class RateCases {

  private RateCases() {}

  /** A size after its limits; a bound that the case does not have is none. */
  static CaseOutcome rate(CaseFields fields) {
    Bounds bounds =
        new Bounds(fields.size("minReplicas", 0), fields.size("maxReplicas", Integer.MAX_VALUE));
    LimitedSize limited =
        LimitedSize.byRate(
            fields.size("currentReplicas"),
            fields.size("desired"),
            SizeRules.of(bounds, CaseRules.behavior(fields)),
            Past.events(fields),
            Past.NOW);
    return new CaseOutcome(
        OptionalLong.of(limited.nodes()),
        true,
        Map.of(Expectation.CONDITION, limited.limit().condition()),
        "",
        false);
  }

  /** A limit alone. */
  static CaseOutcome limit(CaseFields fields) {
    int current = fields.size("currentReplicas");
    String direction = fields.text("direction");
    return switch (direction) {
      case "up", "Up", "scaleUp" ->
          CaseOutcome.of(
              RateLimit.up(
                  current,
                  CaseRules.rules(fields, "rule", ScalingRules.UP),
                  Past.events(fields),
                  Past.NOW));
      case "down", "Down", "scaleDown" ->
          CaseOutcome.of(
              RateLimit.down(
                  current,
                  CaseRules.rules(fields, "rule", ScalingRules.DOWN),
                  Past.events(fields),
                  Past.NOW));
      default -> throw fields.wrong("direction", "up or down", direction);
    };
  }
}
