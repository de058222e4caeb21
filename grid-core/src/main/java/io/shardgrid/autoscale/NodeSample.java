package io.shardgrid.autoscale;

import org.jspecify.annotations.Nullable;

/**
 * What one metric knows of one node. Immutable.
 *
 * @param reading the node's reading in thousandths of the metric's unit, null if there is none
 * @param request what the node is meant to use of a resource, in the same unit, null if unknown;
 *     asked for by {@link ReplicaCalculator#resourceUtilization} only
 */
public record NodeSample(State state, @Nullable Long reading, @Nullable Long request) {

  /** How far a node is between its start and its end. */
  public enum State {
    /** It carries its share. */
    READY,
    /** It runs, but does not serve; its use of a resource says nothing. */
    UNREADY,
    /** It serves, but has just begun: its use of a resource is that of its start. */
    INITIALIZING,
    /** It does not run yet; whatever is read of it says nothing. */
    PENDING,
    /** It has failed: counted nowhere. */
    FAILED,
    /** It is on its way out: counted nowhere. */
    LEAVING;

    /** Whether a node in this state is a node at all. */
    boolean exists() {
      return this != FAILED && this != LEAVING;
    }

    /** Whether a node in this state serves. */
    public boolean serves() {
      return this == READY || this == INITIALIZING;
    }
  }
}
