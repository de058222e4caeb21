package io.shardgrid.autoscale;

import java.time.Instant;

/**
 * A decision that is being carried out. Immutable.
 *
 * <p>It says what there should be, and not what is to be done: so it can be given again, by another
 * node too, and nothing happens twice.
 *
 * @param number above that of every order before it in this cluster, 1 or more
 * @param before standalone nodes there were
 * @param nodes standalone nodes there should be: more than before, or one less
 * @param leaving name of the node that has been drained and is to end; empty if nodes are to come
 * @param at when it was decided
 */
public record ScaleOrder(long number, int before, int nodes, String leaving, Instant at) {

  public ScaleOrder {
    boolean isGrowth = nodes > before && leaving.isEmpty();
    boolean isRemoval = nodes == before - 1 && !leaving.isEmpty();
    if (number < 1 || before < 0 || !(isGrowth || isRemoval)) {
      throw new IllegalArgumentException(
          "no order: number=%d, before=%d, nodes=%d, leaving=%s"
              .formatted(number, before, nodes, leaving));
    }
  }

  /** Whether nodes are to come. */
  public boolean isGrowth() {
    return nodes > before;
  }
}
