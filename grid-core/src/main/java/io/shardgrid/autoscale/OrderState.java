package io.shardgrid.autoscale;

/**
 * How far an order is.
 *
 * <pre>
 *              +--> COMING ----------------------------+
 *   GIVEN -----+                                       +--> DONE
 *              +--> DRAINING --> VERIFYING --> ENDING -+
 *              |                                  ^
 *              +--- taken up, the node has gone --+
 *
 *   from each of them: GIVEN_UP
 * </pre>
 */
public enum OrderState {
  /** Nobody was asked yet. */
  GIVEN,
  /** Nodes were asked for, and are not all members yet. */
  COMING,
  /** The node that is to go hands its shards over. */
  DRAINING,
  /** It has handed all over; backups are compared with their primaries. */
  VERIFYING,
  /** All copies are elsewhere, and good; the node is being ended, or has gone already. */
  ENDING,
  /** What should be is so. */
  DONE,
  /** It did not come about; what there is stays. */
  GIVEN_UP;

  /** Whether this state can follow. */
  public boolean canBecome(OrderState next) {
    return switch (this) {
      case GIVEN -> next == COMING || next == DRAINING || next == ENDING || next == GIVEN_UP;
      case COMING, ENDING -> next == DONE || next == GIVEN_UP;
      case DRAINING -> next == VERIFYING || next == GIVEN_UP;
      case VERIFYING -> next == ENDING || next == GIVEN_UP;
      case DONE, GIVEN_UP -> false;
    };
  }

  /** Whether it has come to its end. */
  public boolean isEnd() {
    return this == DONE || this == GIVEN_UP;
  }
}
