package io.shardgrid.placement;

/** How far an authority has come. */
public enum AuthorityPhase {
  /*
   *                 a table is known              committed
   *   PREPARING ---------------------> REWRITING -----------> GOVERNING
   *      |  ^                                                     ^
   *      |  | somebody joined                                     |
   *      |  +----------------- FOUNDING --------------------------+
   *      +-------------------------^                 committed
   *            nothing is known
   *
   *   each of them: a newer authority exists ---> ENDED
   */

  /** Asks every member for its promise, and for what it holds. */
  PREPARING,

  /** Writes the newest entry of each shard again under its own term. */
  REWRITING,

  /** There is no table: waits for enough members, then writes the first one. */
  FOUNDING,

  /** Changes the placement when members come and go. */
  GOVERNING,

  /** A newer authority exists, or the start failed too often. */
  ENDED;

  /** Whether this phase may be followed by that one. */
  public boolean canBecome(AuthorityPhase next) {
    return switch (this) {
      case PREPARING -> next == REWRITING || next == FOUNDING || next == ENDED;
      case FOUNDING -> next == PREPARING || next == GOVERNING || next == ENDED;
      case REWRITING -> next == GOVERNING || next == ENDED;
      case GOVERNING -> next == ENDED;
      case ENDED -> false;
    };
  }
}
