package io.shardgrid.node.bench;

/**
 * A grid that is loaded, in some arrangement of processes.
 *
 * <p>Confined to one thread, which it blocks.
 */
interface Site extends AutoCloseable {

  /** Starts it, and returns when it serves; with its maps. */
  Subject start();

  /** What its processes have used so far. */
  Usage usage();

  /** It was of use: what its nodes have logged is of no interest. */
  void forgetLogs();

  /** Ends all nodes. */
  @Override
  void close();
}
