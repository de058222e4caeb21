package io.shardgrid.rule;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Compiled modules by their hash, the last used ones: each is compiled once, however many ask for
 * it at once. Thread-safe. Rules that are in use keep their module if it is not kept here.
 */
final class RuleCache {

  private final LinkedHashMap<String, CompletableFuture<CompiledRule>> kept;

  RuleCache(int max) {
    kept =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(
              Map.Entry<String, CompletableFuture<CompiledRule>> eldest) {
            return size() > max;
          }
        };
  }

  /**
   * A module, compiled or on its way. One that fails is forgotten.
   *
   * @param compile begins to compile it; must not wait
   */
  CompletableFuture<CompiledRule> of(
      String hash, Function<String, CompletableFuture<CompiledRule>> compile) {
    CompletableFuture<CompiledRule> promised;
    synchronized (this) {
      CompletableFuture<CompiledRule> known = kept.get(hash);
      if (known != null) {
        return known;
      }
      promised = new CompletableFuture<>();
      kept.put(hash, promised);
    }
    compile
        .apply(hash)
        .whenComplete(
            (compiled, failure) -> {
              if (failure == null) {
                promised.complete(compiled);
              } else {
                forget(hash, promised);
                promised.completeExceptionally(failure);
              }
            });
    return promised;
  }

  private synchronized void forget(String hash, CompletableFuture<CompiledRule> promised) {
    kept.remove(hash, promised);
  }

  synchronized int size() {
    return kept.size();
  }
}
