package io.shardgrid.baseline;

import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A map within one heap that several threads may use at once.
 *
 * <p>Each operation on one key is atomic and all of them are linearizable. Keys and values are
 * stored as the references that were handed in; null is neither.
 */
public interface SharedMap<K, V> {

  /** The value of a key, or null. */
  @Nullable V get(K key);

  /** Stores a value and returns the one before, or null. */
  @Nullable V put(K key, V value);

  /** Removes a key and returns its value, or null. */
  @Nullable V remove(K key);

  /**
   * Stores {@code value} if the key has none, else what {@code sum} makes of the present value and
   * {@code value}. Returns what is stored.
   *
   * @param sum free of side effects, as a lock-free map may call it again; never returns null, and
   *     may not use this map, whose lock may be held
   */
  V merge(K key, V value, BinaryOperator<V> sum);

  /** The number of entries; exact while nothing writes. */
  long size();
}
