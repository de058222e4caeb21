package io.shardgrid.loader;

import org.jspecify.annotations.Nullable;

/**
 * The last write to a key. Immutable.
 *
 * @param key of the entry
 * @param value null if the entry was removed
 * @param version above that of every earlier write to the key, also of one before the cluster was
 *     started anew, as long as no wall clock goes back: a store keeps it, and leaves alone what has
 *     this one or a higher one. About 2^16 times the milliseconds since 1970
 */
public record StoreChange<K, V>(K key, @Nullable V value, long version) {

  /** Whether the entry was removed. */
  public boolean isRemoval() {
    return value == null;
  }
}
