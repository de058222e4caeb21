package io.shardgrid.autoscale;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A decision with all that it was made from. Immutable.
 *
 * @param action what is to be done
 * @param size what the arithmetic came to, before what is said about safety
 * @param metrics what each metric proposed
 * @param reasons what influenced it, in the order in which it was asked for
 * @param inputs what it was made from
 * @param history what the next decision is to be given; who carries the action out adds it with
 *     {@link ScaleHistory#scaled}
 */
public record ScaleDecision(
    Instant at,
    ScaleAction action,
    SizeVerdict size,
    List<MetricVerdict> metrics,
    List<ScaleReason> reasons,
    ClusterSample inputs,
    ScaleHistory history) {

  private static final int THOUSANDTHS_DIGITS = 3;

  public ScaleDecision {
    metrics = List.copyOf(metrics);
    reasons = List.copyOf(reasons);
  }

  /** Whether something of this kind influenced it. */
  public boolean isDueTo(ScaleReason.Cause cause) {
    return reasons.stream().anyMatch(reason -> reason.cause() == cause);
  }

  /** How many nodes are to come, or below 0 to go. */
  public int change() {
    return action instanceof ScaleAction.Add add
        ? add.nodes()
        : action instanceof ScaleAction.Remove ? -1 : 0;
  }

  /** Name of the node that is to go; empty if none is. */
  public String leaving() {
    return action instanceof ScaleAction.Remove remove
        ? inputs.nodes().stream()
            .filter(node -> node.id().equals(remove.node()))
            .map(NodeLoad::name)
            .findFirst()
            .orElse("")
        : "";
  }

  /** What the metrics said, and the reasons, in one line. */
  public String because() {
    List<String> proposals = new ArrayList<>();
    for (int i = 0; i < metrics.size(); i++) {
      proposals.add(proposed(metrics.get(i), inputs.metrics().get(i).spec().kind()));
    }
    String all = String.join(", ", proposals);
    return reasons.isEmpty() ? all : all + "; " + why();
  }

  private static String proposed(MetricVerdict metric, MetricSpec.Kind kind) {
    if (!(metric.proposal() instanceof MetricProposal.Size size)) {
      return metric.name() + "=unreadable";
    }
    String reported =
        kind == MetricSpec.Kind.UTILIZATION
            ? size.reported() + " %"
            : BigDecimal.valueOf(size.reported(), THOUSANDTHS_DIGITS)
                .stripTrailingZeros()
                .toPlainString();
    return "%s=%s asks for %d".formatted(metric.name(), reported, size.nodes());
  }

  /** The reasons in one line. */
  public String why() {
    return reasons.stream().map(ScaleReason::text).collect(Collectors.joining("; "));
  }
}
