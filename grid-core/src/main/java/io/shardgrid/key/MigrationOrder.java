package io.shardgrid.key;

/** What an operator may ask of the moves of a cluster. */
public enum MigrationOrder {
  /** Nothing, but to say how they are. */
  LOOK,

  /** Begin no move any more that only evens out; those under way are finished. */
  PAUSE,

  /** Go on after a pause. */
  RESUME,

  /** Plan anew at once, and begin again what was cancelled. */
  START,

  /** Give moves up, and do not begin them again until {@link #START} or a change of the members. */
  CANCEL
}
