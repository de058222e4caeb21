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
 * @param made the decisions that this incarnation has made
 * @param decisions the last ones, the latest first: as many as {@link #WEIGHT_MAX} allows
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
    Made made,
    List<DecisionReport> decisions,
    List<ScaleNote> notes) {

  /** Inputs and readings in all decisions of a report: a report is one message between nodes. */
  public static final int WEIGHT_MAX = 5_000;

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

  /**
   * How many decisions were made.
   *
   * @param stays that nothing is to be done
   * @param additions that nodes are to come
   * @param removals that a node is to go
   */
  public record Made(long stays, long additions, long removals) {

    /** None. */
    public static final Made NONE = new Made(0, 0, 0);

    /** All of them. */
    public long all() {
      return stays + additions + removals;
    }

    /** One more, that changes the size by so many nodes. */
    Made and(int change) {
      return new Made(
          change == 0 ? stays + 1 : stays,
          change > 0 ? additions + 1 : additions,
          change < 0 ? removals + 1 : removals);
    }
  }
}
