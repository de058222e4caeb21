package io.shardgrid.node.access;

import io.shardgrid.autoscale.AutoscaleMode;
import io.shardgrid.autoscale.AutoscaleReport;
import io.shardgrid.autoscale.DecisionReport;
import io.shardgrid.autoscale.MetricSpec.Kind;
import io.shardgrid.autoscale.OrderState;
import io.shardgrid.autoscale.ScaleNote;
import io.shardgrid.autoscale.ScaleOrder;
import io.shardgrid.autoscale.ScaleReason;
import io.shardgrid.autoscale.ScaleReason.Cause;
import io.shardgrid.autoscale.SizeLimit;
import io.shardgrid.autoscale.SizeVerdict.Basis;
import io.shardgrid.key.MemberView.Standing;
import io.shardgrid.key.NodeId;
import java.time.Instant;
import java.util.List;

/** What an autoscaler may have decided. */
public final class SampleDecisions {

  /** When the last decision was made. */
  public static final Instant AT = Instant.parse("2026-11-29T21:00:00Z");

  private static final long MIB = 1 << 20;

  private SampleDecisions() {}

  /**
   * Two decisions, with an order under way.
   *
   * @param node where the autoscaler runs
   * @param entries decisions at most
   */
  public static AutoscaleReport report(NodeId node, int entries) {
    return new AutoscaleReport(
        node,
        AutoscaleMode.ACT,
        true,
        1,
        4,
        4,
        new AutoscaleReport.Order(
            new ScaleOrder(7, 3, 4, "", AT), OrderState.COMING, "Nodes are to come: wanted=4"),
        new AutoscaleReport.Made(240, 2, 1),
        List.of(growth(), rest()).subList(0, Math.min(2, entries)),
        List.of(new ScaleNote(AT.minusSeconds(60), "Done: order=6; The node has gone: node=d")));
  }

  /** The same in another mode, with nothing under way and nothing decided. */
  public static AutoscaleReport idle(NodeId node, AutoscaleMode mode, boolean isInCharge) {
    return new AutoscaleReport(
        node, mode, isInCharge, 1, 4, 3, null, AutoscaleReport.Made.NONE, List.of(), List.of());
  }

  private static DecisionReport growth() {
    return new DecisionReport(
        AT,
        AT,
        1,
        3,
        1,
        "",
        Basis.METRICS,
        6,
        6,
        4,
        SizeLimit.MAX,
        List.of(
            new DecisionReport.Metric("cpu", Kind.UTILIZATION, 70, 130, 6, ""),
            new DecisionReport.Metric("p99", Kind.NODES_AVERAGE, 20_000, 12_500, 3, ""),
            new DecisionReport.Metric(
                "jobs",
                Kind.VALUE,
                500,
                -1,
                -1,
                "A reading makes no sense: source=jobs of b, found=NaN")),
        List.of(
            new ScaleReason(Cause.DOUBTFUL_READING, "A reading makes no sense: source=jobs of b"),
            new ScaleReason(Cause.BOUNDS, "There may not be more nodes: max=4")),
        List.of(
            input("a", 1.3, 12.5, 1),
            input("b", 1.2, 12.5, Double.NaN),
            new DecisionReport.Input(
                "c", "west", Standing.JOINING, AT.minusSeconds(5), -1, -1, 0, List.of())));
  }

  private static DecisionReport.Input input(String node, double cpu, double p99, double jobs) {
    return new DecisionReport.Input(
        node,
        "east",
        Standing.UP,
        AT.minusSeconds(3_600),
        MIB,
        2 * MIB,
        64 * MIB,
        List.of(
            new DecisionReport.Value("cpu", cpu, 1, AT),
            new DecisionReport.Value("p99", p99, 1, AT),
            new DecisionReport.Value("jobs", jobs, 1, AT)));
  }

  private static DecisionReport rest() {
    return new DecisionReport(
        AT.minusSeconds(3_600),
        AT.minusSeconds(15),
        240,
        3,
        0,
        "",
        Basis.METRICS,
        2,
        3,
        3,
        SizeLimit.NONE,
        List.of(new DecisionReport.Metric("cpu", Kind.UTILIZATION, 70, 43, 2, "")),
        List.of(
            new ScaleReason(
                Cause.STABILIZED, "Others were recommended within the window: now=2, counts=3")),
        List.of(input("a", 0.43, 1, 1)));
  }
}
