package io.shardgrid.baseline;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/** A hash table under one mutex: the plainest map that is right. Thread-safe. */
public final class SynchronizedMap<K, V> implements SharedMap<K, V> {

  /** Guarded by its own monitor, which nobody else can take. */
  private final Map<K, V> entries = new HashMap<>();

  @Override
  public @Nullable V get(K key) {
    synchronized (entries) {
      return entries.get(key);
    }
  }

  @Override
  public @Nullable V put(K key, V value) {
    synchronized (entries) {
      return entries.put(key, value);
    }
  }

  @Override
  public @Nullable V remove(K key) {
    synchronized (entries) {
      return entries.remove(key);
    }
  }

  @Override
  public V merge(K key, V value, BinaryOperator<V> sum) {
    synchronized (entries) {
      return Objects.requireNonNull(entries.merge(key, value, sum));
    }
  }

  @Override
  public long size() {
    synchronized (entries) {
      return entries.size();
    }
  }
}
