package io.shardgrid.autoscale;

import io.shardgrid.key.NodeId;
import org.jspecify.annotations.Nullable;

/**
 * Carries out what a {@link Scaler} wants. Whatever is asked may be answered late, twice or never.
 * No method may call back into the scaler: answers come in as inputs of their own.
 */
public interface ScalerEffects {

  /**
   * Asks what is kept and whether shards are at rest, and may have a state kept in the place of the
   * one with this stamp.
   *
   * @param state null if it only asks
   */
  void consult(long over, @Nullable ScaleState state);

  /**
   * Has a member start nodes, or end one.
   *
   * @param by the member whose actuator does it
   */
  void carryOut(NodeId by, ScaleOrder order);

  /** Has a member hand over all its shards, as long as that is said again and again. */
  void drain(NodeId node, long order);

  /** Has all backups compared with their primaries. */
  void verify(long order);

  /** Has a member that has handed over all end its process. */
  void end(NodeId node, long order);

  /**
   * An order was taken up by this autoscaler, or has gone on to another state: for traces.
   *
   * @param was the state before; the same if it was taken up
   * @param text what is waited for, or how it ended
   */
  default void orderWent(ScaleOrder order, OrderState was, OrderState state, String text) {}

  /** Something was decided, or came to its end: for the log. */
  void tell(ScaleNote note);

  /** An order was given up: for the log, and for an operator to look at. */
  void warn(ScaleNote note);

  /** The same as {@link #tell(ScaleNote)}, about an order. */
  default void tell(ScaleNote note, ScaleOrder order) {
    tell(note);
  }

  /** The same as {@link #warn(ScaleNote)}, about an order. */
  default void warn(ScaleNote note, ScaleOrder order) {
    warn(note);
  }

  /** Another autoscaler has taken over: this one ends. */
  void replaced();
}
