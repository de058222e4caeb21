package io.shardgrid.autoscale;

/**
 * Something that a decision was influenced by. Immutable.
 *
 * @param text for people, in the form {@code what is so: name=value}
 */
public record ScaleReason(Cause cause, String text) {

  /** What it is about. */
  public enum Cause {
    /** There is no node. */
    NO_NODES,
    /** Shards are being moved. */
    MIGRATING,
    /** Copies are missing. */
    REPAIRING,
    /** A node does not answer. */
    NODE_MISSING,
    /** A node is on its way out: one at a time. */
    NODE_LEAVING,
    /** The clock jumped, or nothing was decided for long. */
    CLOCK_JUMPED,
    /** Readings of nodes are missing, old, or make no sense. */
    DOUBTFUL_READING,
    /** A metric gives no proposal. */
    METRIC_UNREADABLE,
    /** Others were recommended within the window. */
    STABILIZED,
    /** The size may not change faster. */
    RATE,
    /** The size may not be smaller or larger. */
    BOUNDS,
    /** The data needs so many nodes. */
    FLOOR,
    /** Nobody knows how much room the data needs. */
    ROOM_UNKNOWN,
    /** More than one would go, and goes later. */
    ONE_AT_A_TIME,
    /** Why this node goes. */
    CHOICE
  }
}
