package io.shardgrid.actor;

import io.shardgrid.loader.StorePolicies;
import io.shardgrid.shard.ErrandResult;
import io.shardgrid.shard.StoreErrand;
import java.util.function.Consumer;

/** Asks the stores behind maps, on threads that are there for that. Thread-safe. */
interface StoreRunner {

  /** Which maps have a store, and how they go together. */
  StorePolicies policies();

  /**
   * Asks. Never blocks. What is refused may be told before it returns: to the mailbox, as the shard
   * is in a turn.
   *
   * @param shard which asks
   * @param returned told what has come of it, by any thread
   */
  void run(int shard, StoreErrand errand, Consumer<ErrandResult> returned);
}
