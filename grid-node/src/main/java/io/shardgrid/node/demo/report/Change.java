package io.shardgrid.node.demo.report;

import io.shardgrid.node.cli.ScalingPage.Decision;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A decision that changed the size, and what became of it. Immutable.
 *
 * @param number of its order
 * @param at seconds from the beginning of the day
 * @param before nodes there were
 * @param after nodes there were to be
 * @param leaving name of the node to go; empty if nodes were to come
 * @param grounds what it was made from; null if nobody has seen it
 */
public record Change(
    long number,
    double at,
    int before,
    int after,
    String leaving,
    @Nullable Decision grounds,
    Outcome outcome) {

  /**
   * What became of it.
   *
   * @param state how far it is
   * @param orderSeconds from the decision until nodes had come or gone; below 0 if that was not
   *     seen
   * @param restSeconds from the decision until nothing was left to move; below 0 if that was not
   *     seen
   * @param copiedBytes that nodes sent meanwhile to fill others
   * @param text how it ended, in the words of who carried it out
   */
  public record Outcome(
      State state, double orderSeconds, double restSeconds, long copiedBytes, String text) {

    /** Under way. */
    public static final Outcome NONE = new Outcome(State.UNDER_WAY, -1, -1, 0, "");
  }

  /** How far it is. */
  public enum State {
    /** It is being carried out. */
    UNDER_WAY,
    /** What should be is so. */
    DONE,
    /** It did not come about. */
    GIVEN_UP
  }

  /** Whether nodes were to come. */
  public boolean isGrowth() {
    return after > before;
  }

  /** The second at which it was over, with all data at rest, as far as that was seen. */
  public double until() {
    return at + Math.max(0, Math.max(outcome.orderSeconds(), outcome.restSeconds()));
  }

  /** What it was made from, where that was seen. */
  List<Decision> seenGrounds() {
    return grounds == null ? List.of() : List.of(grounds);
  }
}
