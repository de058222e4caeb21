package io.shardgrid.node.bench;

import java.util.List;

/**
 * A cluster of some product, each node in a process of its own, that can be made larger.
 *
 * <p>Confined to one thread, which it blocks.
 */
interface Rig extends AutoCloseable {

  /** What it is, for people. */
  String title();

  /** Starts the first nodes, and returns when all of them serve. */
  Subject start(int nodes);

  /** Starts a further node, and does not wait for it. */
  void grow();

  /** Whether so many nodes serve, the data is spread over them, and nothing is left to move. */
  boolean isSpread(int nodes);

  /** What there is to say about the moves, in lines. */
  List<String> remarks();

  /** It was of use: what its nodes have logged is of no interest. */
  void forgetLogs();

  /** Ends all nodes. */
  @Override
  void close();
}
