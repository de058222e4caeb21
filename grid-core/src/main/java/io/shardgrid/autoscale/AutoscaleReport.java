package io.shardgrid.autoscale;

import io.shardgrid.key.NodeId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an autoscaler knows and has decided. Immutable.
 *
 * @param node where it runs
 * @param isInCharge whether it has taken over; it decides nothing before
 * @param order what is being carried out; null if nothing is
 * @param made how many decisions this incarnation has made
 * @param decisions the last ones, the latest first
 * @param notes what was done of late, by earlier incarnations too, the latest last
 */
public record AutoscaleReport(
    NodeId node,
    AutoscaleMode mode,
    boolean isInCharge,
    int nodesMin,
    int nodesMax,
    int members,
    @Nullable Order order,
    long made,
    List<DecisionReport> decisions,
    List<ScaleNote> notes) {

  public AutoscaleReport {
    decisions = List.copyOf(decisions);
    notes = List.copyOf(notes);
  }

  /**
   * An order under way.
   *
   * @param text what is waited for
   */
  public record Order(ScaleOrder order, OrderState state, String text) {}
}
