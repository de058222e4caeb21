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
    /** Nobody says whether shards move or copies are missing. */
    PLACEMENT_UNKNOWN,
    /** An earlier decision is being carried out. */
    UNDER_WAY,
    /** A node does not answer. */
    NODE_MISSING,
    /** A node is on its way out: one at a time. */
    NODE_LEAVING,
    /** The clock jumped, or nothing was decided for long. */
    CLOCK_JUMPED,
    /** Readings of nodes are missing, old, or make no sense. */
    DOUBTFUL_READING,
    /** What nodes say of their bytes does not add up. */
    BYTES_DISAGREE,
    /** All nodes were busy, and do nothing at all. */
    STANDSTILL,
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
    /** Nobody can end the node that would go. */
    NONE_CAN_GO,
    /** Nobody can start or end nodes. */
    NO_ACTUATOR,
    /** More than one would go, and goes later. */
    ONE_AT_A_TIME,
    /** Why this node goes. */
    CHOICE
  }
}
