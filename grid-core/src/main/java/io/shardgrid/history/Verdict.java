package io.shardgrid.history;

/** What a check comes to. */
public enum Verdict {
  /** There is an order of the operations that explains every result. */
  LINEARIZABLE,
  /** There is none. */
  NOT_LINEARIZABLE,
  /** The budget of steps was met before either was certain. */
  UNDECIDED
}
