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

  /** Something was decided, or came to its end: for the log. */
  void tell(ScaleNote note);

  /** An order was given up: for the log, and for an operator to look at. */
  void warn(ScaleNote note);

  /** Another autoscaler has taken over: this one ends. */
  void replaced();
}
