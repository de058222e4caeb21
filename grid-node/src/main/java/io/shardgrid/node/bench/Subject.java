package io.shardgrid.node.bench;

import java.util.concurrent.CompletionStage;

/** One product's map as a load sees it. Thread-safe; nothing here blocks. */
interface Subject {

  /** Reads a key; completes with whether there is an entry. */
  CompletionStage<Boolean> get(String key);

  /** Writes a key; completes when the product says that it has. */
  CompletionStage<?> put(String key, byte[] value);
}
