package io.shardgrid.actor;

import io.shardgrid.shard.Invocation;
import io.shardgrid.shard.Ruling;
import io.shardgrid.wire.Operation;
import java.util.function.Consumer;

/** Has rules decide about entries, on threads of their own. Thread-safe. */
interface RuleRunner {

  /** Whether a rule of this name is known here, and can change nothing. */
  boolean isKnownToRead(String rule);

  /**
   * Has a rule decide. Never blocks.
   *
   * @param operation who asks
   * @param decided told once what the rule has decided, or that it fails, by any thread
   */
  void run(Invocation invocation, Operation operation, Consumer<Ruling> decided);
}
