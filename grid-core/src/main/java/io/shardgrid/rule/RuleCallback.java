package io.shardgrid.rule;

import io.shardgrid.failure.GridException;

/**
 * Is told once how a call ended: on the thread that ran the rule, or, if nothing ran, before {@link
 * RuleEngine#run} returns. It is to be short, and must not wait for anything.
 */
public interface RuleCallback {

  /** The rule came to its end. */
  void completed(RuleResult result);

  /**
   * It did not, or was not called at all; the entry is as it was.
   *
   * @param failure {@link io.shardgrid.failure.RuleException}, {@link
   *     io.shardgrid.failure.InvalidRuleException}, {@link
   *     io.shardgrid.failure.GridOverloadedException}, {@link
   *     io.shardgrid.failure.GridTimeoutException} or {@link
   *     io.shardgrid.failure.GridUnavailableException}
   */
  void failed(GridException failure);
}
