package io.shardgrid.shard;

/** What a replica is to its shard's seat. */
enum SeatLife {
  /*
   *                    named, with the right
   *        +--------------------------------------+
   *        |                                      v
   *      IDLE ----- named -----> NAMED ------> ACTING --+
   *      |  ^ ^                  |  |  right      ^ ^   | named again
   *      |  | +- another named --+  |  arrives    | +---+
   *      |  |                       |             |
   *      |  |                       | another     | another named / named again
   *      |  | acknowledged          v named       v
   *      |  +------------------ DRAINING <--------+
   *      +--- right arrives late -->|
   *                                 +--- named again ---> NAMED or ACTING
   */

  /** Not named, and owes nothing to whoever is: operations belong elsewhere. */
  IDLE,
  /** Named as primary, but without the right or the data: holds operations. */
  NAMED,
  /** The primary: carries operations out. */
  ACTING,
  /**
   * Not named, but still has what the next primary needs: the right to act, or the data until that
   * one has acknowledged.
   */
  DRAINING;

  boolean canBecome(SeatLife next) {
    return switch (this) {
      case IDLE -> next != IDLE;
      case NAMED -> next != NAMED;
      case ACTING -> next == ACTING || next == DRAINING;
      case DRAINING -> next != DRAINING;
    };
  }
}
