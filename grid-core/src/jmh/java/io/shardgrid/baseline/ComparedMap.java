package io.shardgrid.baseline;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the comparison asks of every map, with a lock or without: strings to bytes. Thread-safe.
 *
 * <p>Whoever stores bytes gives them away; whoever reads some may not change them.
 */
public interface ComparedMap extends AutoCloseable {

  /** The bytes of a key, or null. */
  byte @Nullable [] get(String key);

  /** Stores bytes. */
  void put(String key, byte[] value);

  /** Stores all of these, in no order, and not atomically. */
  default void putAll(Map<String, byte[]> entries) {
    entries.forEach(this::put);
  }

  /** Removes a key. Returns whether it was there. */
  boolean remove(String key);

  /**
   * Adds 1 to a number stored as decimal text, atomically; no entry counts as 0. Returns the sum.
   */
  long increment(String key);

  /** The number of entries; exact while nothing writes. */
  long size();

  /** Frees what the map holds beyond its heap; it may not be used afterwards. */
  @Override
  void close();
}
