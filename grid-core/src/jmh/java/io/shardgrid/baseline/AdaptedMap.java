package io.shardgrid.baseline;

import java.util.Objects;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/** A {@link ConcurrentMap} of somebody else's as a {@link SharedMap}. As thread-safe as that. */
public final class AdaptedMap<K, V> implements SharedMap<K, V> {

  private final ConcurrentMap<K, V> entries;

  public AdaptedMap(ConcurrentMap<K, V> entries) {
    this.entries = entries;
  }

  @Override
  public @Nullable V get(K key) {
    return entries.get(key);
  }

  @Override
  public @Nullable V put(K key, V value) {
    return entries.put(key, value);
  }

  @Override
  public @Nullable V remove(K key) {
    return entries.remove(key);
  }

  @Override
  public V merge(K key, V value, BinaryOperator<V> sum) {
    return Objects.requireNonNull(entries.merge(key, value, sum));
  }

  @Override
  public long size() {
    return entries.size();
  }
}
