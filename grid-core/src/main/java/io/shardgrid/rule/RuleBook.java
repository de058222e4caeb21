package io.shardgrid.rule;

import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * The rules of a cluster: what is loaded here is known to all nodes within {@code
 * grid.rule.refresh}. Modules are kept in the grid as all data, under their SHA-256. Thread-safe;
 * nothing blocks.
 */
public interface RuleBook {

  /**
   * Checks a module, keeps it, and has all nodes call it by this name, in the place of the one that
   * was called so. This node calls it when the stage has ended; calls that have begun end with the
   * module that they began with.
   *
   * @param name 1 to 64 letters, digits, hyphens and underscores
   * @param module WebAssembly, at most {@code grid.rule.module-bytes-max}; not copied
   * @return fails with {@code InvalidRuleException} that says what is wrong with the module, and
   *     nothing has changed then
   */
  CompletionStage<RuleView> load(String name, byte[] module);

  /** Nobody can call it any more; whether there was one. */
  CompletionStage<Boolean> drop(String name);

  /** All nodes call it again although it has failed too often; whether there is one. */
  CompletionStage<Boolean> release(String name);

  /** All rules, sorted by name, as they are on this node. */
  CompletionStage<List<RuleView>> list();
}
