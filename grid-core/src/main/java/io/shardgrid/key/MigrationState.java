package io.shardgrid.key;

/** How far the move of a shard's data from one node to another has come. */
public enum MigrationState {
  /*
   *   INIT --> MIGRATING --> SYNCING --> SWITCHING --> DONE
   *
   * Steps may be passed over: a backup's move needs no switch, and not every state is heard of in
   * time. Each of them: given up ---> ABORTED.
   */

  /** Planned: the target is to be filled. */
  INIT,

  /** The target is being filled, and gets every write that comes meanwhile. */
  MIGRATING,

  /** The target has everything, is required for every write, and becomes in-sync. */
  SYNCING,

  /** The target is named as primary; the source hands its seat over. */
  SWITCHING,

  /** The target holds the shard as planned. */
  DONE,

  /** Given up: the data is where it was. */
  ABORTED;

  /** Whether this state may be followed by that one. */
  public boolean canBecome(MigrationState next) {
    return switch (this) {
      case INIT -> next != INIT;
      case MIGRATING -> next == SYNCING || next == SWITCHING || next == DONE || next == ABORTED;
      case SYNCING -> next == SWITCHING || next == DONE || next == ABORTED;
      case SWITCHING -> next == DONE || next == ABORTED;
      case DONE, ABORTED -> false;
    };
  }
}
