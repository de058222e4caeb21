package io.shardgrid.route;

/** What becomes of an operation when as many are unresolved as may be. */
public enum WhenFull {
  /** It ends at once in a {@code GridOverloadedException}; nothing was done. */
  REFUSE,
  /** The calling thread waits for room, until the operation's deadline at most. */
  WAIT
}
