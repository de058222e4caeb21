package io.shardgrid.shard;

/** How far a primary's copy to a learner has come. */
public enum CopyState {
  /*
   *   SCANNING ----------> ENDING ----------> SYNCING ----------> DONE
   *      |  all is sent   |  all is there    |   it is in-sync
   *      +----------------+------------------+-----> ABORTED
   */

  /** Entries are read and sent, with the writes that come meanwhile. */
  SCANNING,

  /** Everything is sent; the learner has not said yet that all of it is there. */
  ENDING,

  /** The learner is required for every write, and to be named in the in-sync set. */
  SYNCING,

  /** The learner is in the in-sync set. */
  DONE,

  /** The copy was given up; nothing has changed but the learner. */
  ABORTED;

  /** Whether this state may be followed by that one. */
  public boolean canBecome(CopyState next) {
    return switch (this) {
      case SCANNING -> next == ENDING || next == ABORTED;
      case ENDING -> next == SYNCING || next == SCANNING || next == ABORTED;
      case SYNCING -> next == DONE || next == ABORTED;
      case DONE, ABORTED -> false;
    };
  }
}
