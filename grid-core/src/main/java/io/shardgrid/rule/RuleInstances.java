package io.shardgrid.rule;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The instances that a thread keeps for next calls: the last used ones. Confined to the thread. */
final class RuleInstances {

  private final LinkedHashMap<CompiledRule, RuleInstance> kept;
  private @Nullable RuleInstance last;

  RuleInstances(int max) {
    kept =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<CompiledRule, RuleInstance> eldest) {
            return size() > max;
          }
        };
  }

  /** An instance for a call; a fresh one if none is kept. */
  RuleInstance of(CompiledRule compiled) {
    RuleInstance found = last;
    if (found == null || found.compiled() != compiled) {
      found = kept.computeIfAbsent(compiled, CompiledRule::newInstance);
      last = found;
    }
    return found;
  }

  /** Throws an instance away. */
  void remove(RuleInstance instance) {
    kept.remove(instance.compiled());
    last = null;
  }
}
