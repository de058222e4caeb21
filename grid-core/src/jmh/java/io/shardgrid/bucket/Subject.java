package io.shardgrid.bucket;

import org.jspecify.annotations.Nullable;

/**
 * A map from bytes to bytes as its user sees it, whatever holds the entries: keys and values are
 * copied in, values are copied out. Not thread-safe.
 */
interface Subject {

  void put(byte[] key, byte[] value);

  /** A copy of the value, or null. */
  byte @Nullable [] get(byte[] key);

  boolean remove(byte[] key);

  long entries();

  /** The map itself, from which all its objects can be reached. */
  Object root();
}
