package io.shardgrid.node.cli;

/** What a command's exit code means. */
public enum ExitCode {
  /** It did what was asked. */
  OK(0, "done"),
  /** An operation failed, a check did not hold, or a key has no entry. */
  FAILED(1, "an operation failed, a check did not hold, or the key has no entry"),
  /** An option, an argument or a setting is wrong. */
  USAGE(2, "an option, an argument or a setting is wrong; the message names it"),
  /** A port is in use or an address is not this machine's. */
  CANNOT_BIND(3, "a port is in use, or the address is not one of this machine"),
  /** No cluster was found, or it refused the node. */
  NO_CLUSTER(4, "no cluster could be joined in time"),
  /** The other members took the node for dead. */
  EXPELLED(5, "the cluster expelled the node: start it again as a new member"),
  /** A node could not hand over all it had. */
  NOT_DRAINED(
      6,
      "not all shards of a node came to others in time: after drain it goes on serving, after a stop"
          + " its log says what is lost"),
  /** The cluster is not whole. */
  DEGRADED(7, "the cluster is DEGRADED: copies are missing, or somebody does not answer"),
  /** The cluster has lost a shard. */
  LOST(8, "the cluster has LOST a shard: its last copy is gone"),
  /** A canary has not been shown to answer as production does. */
  HOLD(9, "HOLD: the canary has not been shown to answer as production does; go on comparing"),
  /** A canary answers wrongly, fails or is slow. */
  ROLL_BACK(10, "ROLL_BACK: the canary answers wrongly, fails, or is slower than it may be"),
  /** A bug. */
  INTERNAL(70, "internal error; -v shows the stack trace"),
  /** Ended by the keyboard before it was done. */
  INTERRUPTED(130, "interrupted by Ctrl-C");

  private final int number;
  private final String meaning;

  ExitCode(int number, String meaning) {
    this.number = number;
    this.meaning = meaning;
  }

  /** The code that the process ends with. */
  public int number() {
    return number;
  }

  /** The meaning, for the help. */
  public String meaning() {
    return meaning;
  }
}
