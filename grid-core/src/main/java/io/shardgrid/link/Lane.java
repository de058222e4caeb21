package io.shardgrid.link;

/** The kinds of traffic that share a connection in turns, so that none waits for all of another. */
public enum Lane {
  /** Operations, on the connection that their sender opened. */
  OPERATIONS(0),
  /** Answers, on the connection that their operations came by. */
  ANSWERS(1),
  /** What replicas say to each other, on the connection that their sender opened. */
  REPLICATION(2),
  /** What fills learners. */
  COPIES(3);

  /** Place among the lanes' turns. */
  final int turn;

  Lane(int turn) {
    this.turn = turn;
  }
}
