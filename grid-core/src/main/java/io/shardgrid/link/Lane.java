package io.shardgrid.link;

/** The kinds of traffic that share a connection in turns, so that none waits for all of another. */
public enum Lane {
  /** Operations, on the connection that their sender opened. */
  OPERATIONS(0),
  /** Answers, on the connection that their operations came by. */
  ANSWERS(1),
  /** What moves and copies shards. */
  BULK(2);

  /** Place among the lanes' turns. */
  final int turn;

  Lane(int turn) {
    this.turn = turn;
  }
}
