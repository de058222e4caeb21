package io.shardgrid.shard;

/** What a replica holds of its shard's data. */
enum Holding {
  /*
   *              a copy begins           it is whole             the placement names it
   *   NOTHING --------------> LEARNING ----------> LEARNT ------------------------> WHOLE
   *      |  ^                  |    ^                |                              |   |
   *      |  +------------------+    +----------------+  another copy, a new seat    |   |
   *      |  | dropped                                                               |   |
   *      |  +-----------------------------------------------------------------------+   |
   *      |  |                            the shard has too few copies to drop this one  |
   *      |  +------------ STALE <--------------------------------------------------------+
   *      +--------------------------------------------------------------------> WHOLE
   *                        the first seat: the shard begins empty
   */

  /** Nothing. */
  NOTHING,

  /** A part: a copy is under way. */
  LEARNING,

  /** A whole copy that the in-sync set does not name yet. */
  LEARNT,

  /** What every in-sync replica holds: all that was ever acknowledged. */
  WHOLE,

  /** What a former in-sync replica held: kept until there are enough others, for the worst case. */
  STALE;

  /** Whether it may follow a primary's writes. */
  boolean isWhole() {
    return this == LEARNT || this == WHOLE;
  }
}
