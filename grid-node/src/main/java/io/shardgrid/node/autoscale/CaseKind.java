package io.shardgrid.node.autoscale;

import java.util.Arrays;
import java.util.stream.Collectors;

/** What a case is about. */
enum CaseKind {
  /** Nodes use a resource. */
  RESOURCE_UTILIZATION("resource-utilization"),
  /** Nodes have a metric. */
  PODS_METRIC("pods-metric"),
  /** An object has a metric that should have a value. */
  OBJECT_VALUE("object-value"),
  /** An object has a metric that is shared out among nodes. */
  OBJECT_AVERAGE("object-average"),
  /** Something outside should have a value. */
  EXTERNAL_VALUE("external-value"),
  /** Something outside is shared out among nodes. */
  EXTERNAL_AVERAGE("external-average"),
  /** Several metrics, a look back, bounds. */
  CONTROLLER("controller"),
  /** A size, and how fast it may change. */
  RATE("rate"),
  /** How far the size may go. */
  LIMIT("limit"),
  /** A look back. */
  STABILIZE("stabilize"),
  /** A sum of changes. */
  CHANGE_IN_PERIOD("change-in-period");

  private final String text;

  CaseKind(String text) {
    this.text = text;
  }

  /** The kind of a case; one that nobody knows is wrong. */
  static CaseKind of(CaseFields fields) {
    String found = fields.text("kind");
    return Arrays.stream(values())
        .filter(kind -> kind.text.equals(found))
        .findFirst()
        .orElseThrow(
            () ->
                fields.wrong(
                    "unknown kind '"
                        + found
                        + "', known are "
                        + Arrays.stream(values())
                            .map(kind -> kind.text)
                            .collect(Collectors.joining(", "))));
  }

  /** What the case comes to. */
  CaseOutcome evaluate(CaseFields fields) {
    return switch (this) {
      case CONTROLLER -> ControllerCase.evaluate(fields);
      case RATE -> RateCases.rate(fields);
      case LIMIT -> RateCases.limit(fields);
      case STABILIZE -> HistoryCases.stabilize(fields);
      case CHANGE_IN_PERIOD -> HistoryCases.changeInPeriod(fields);
      default -> CaseOutcome.of(MetricCase.proposal(this, fields));
    };
  }
}
