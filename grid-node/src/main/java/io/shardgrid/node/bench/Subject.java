package io.shardgrid.node.bench;

import java.util.concurrent.CompletionStage;

/** One product's map as a load sees it. Thread-safe; only what is named so waits. */
interface Subject {

  /** Reads a key; completes with whether there is an entry. */
  CompletionStage<Boolean> get(String key);

  /** Writes a key; completes when the product says that it has. */
  CompletionStage<?> put(String key, byte[] value);

  /** Reads a key and waits; returns whether there is an entry. */
  default boolean awaitGet(String key) {
    return get(key).toCompletableFuture().join();
  }

  /** Writes a key and waits. */
  default void awaitPut(String key, byte[] value) {
    put(key, value).toCompletableFuture().join();
  }
}
