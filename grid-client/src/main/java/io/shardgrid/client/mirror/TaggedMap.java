package io.shardgrid.client.mirror;

import io.shardgrid.map.AsyncCursor;
import io.shardgrid.map.AsyncMap;
import io.shardgrid.map.EntryView;
import io.shardgrid.map.RuleAnswer;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/** A map whose operations carry a tag, under the name that users know. Immutable, thread-safe. */
final class TaggedMap<K, V> implements AsyncMap<K, V> {

  private final String name;
  private final AsyncMap<K, V> map;

  TaggedMap(String name, AsyncMap<K, V> map) {
    this.name = name;
    this.map = map;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public AsyncMap<K, V> withTimeout(Duration timeout) {
    return new TaggedMap<>(name, map.withTimeout(timeout));
  }

  @Override
  public CompletionStage<Optional<V>> get(K key) {
    return map.get(key);
  }

  @Override
  public CompletionStage<Optional<EntryView<K, V>>> getEntry(K key) {
    return map.getEntry(key);
  }

  @Override
  public CompletionStage<Boolean> containsKey(K key) {
    return map.containsKey(key);
  }

  @Override
  public CompletionStage<Void> put(K key, V value) {
    return map.put(key, value);
  }

  @Override
  public CompletionStage<Void> put(K key, V value, Duration ttl) {
    return map.put(key, value, ttl);
  }

  @Override
  public CompletionStage<Optional<V>> getAndPut(K key, V value) {
    return map.getAndPut(key, value);
  }

  @Override
  public CompletionStage<Boolean> putIfAbsent(K key, V value) {
    return map.putIfAbsent(key, value);
  }

  @Override
  public CompletionStage<Boolean> putIfAbsent(K key, V value, Duration ttl) {
    return map.putIfAbsent(key, value, ttl);
  }

  @Override
  public CompletionStage<Boolean> replace(K key, V value) {
    return map.replace(key, value);
  }

  @Override
  public CompletionStage<Boolean> replace(K key, V expected, V value) {
    return map.replace(key, expected, value);
  }

  @Override
  public CompletionStage<Boolean> replaceVersion(K key, long expectedVersion, V value) {
    return map.replaceVersion(key, expectedVersion, value);
  }

  @Override
  public CompletionStage<Boolean> remove(K key) {
    return map.remove(key);
  }

  @Override
  public CompletionStage<Boolean> remove(K key, V expected) {
    return map.remove(key, expected);
  }

  @Override
  public CompletionStage<Boolean> removeVersion(K key, long expectedVersion) {
    return map.removeVersion(key, expectedVersion);
  }

  @Override
  public CompletionStage<Optional<V>> getAndRemove(K key) {
    return map.getAndRemove(key);
  }

  @Override
  public CompletionStage<Map<K, V>> getAll(Collection<? extends K> keys) {
    return map.getAll(keys);
  }

  @Override
  public CompletionStage<Void> putAll(Map<? extends K, ? extends V> entries) {
    return map.putAll(entries);
  }

  @Override
  public CompletionStage<Long> removeAll(Collection<? extends K> keys) {
    return map.removeAll(keys);
  }

  @Override
  public CompletionStage<Optional<Duration>> ttl(K key) {
    return map.ttl(key);
  }

  @Override
  public CompletionStage<Boolean> expire(K key, Duration ttl) {
    return map.expire(key, ttl);
  }

  @Override
  public CompletionStage<Boolean> expireAt(K key, Instant deadline) {
    return map.expireAt(key, deadline);
  }

  @Override
  public CompletionStage<Boolean> persist(K key) {
    return map.persist(key);
  }

  @Override
  public CompletionStage<Long> increment(K key, long delta) {
    return map.increment(key, delta);
  }

  @Override
  public CompletionStage<RuleAnswer> invoke(K key, String rule, Object... arguments) {
    return map.invoke(key, rule, arguments);
  }

  @Override
  public CompletionStage<Map<K, RuleAnswer>> invokeAll(
      Collection<? extends K> keys, String rule, Object... arguments) {
    return map.invokeAll(keys, rule, arguments);
  }

  @Override
  public CompletionStage<Map<K, RuleAnswer>> invokeAll(
      Predicate<? super K> filter, String rule, Object... arguments) {
    return map.invokeAll(filter, rule, arguments);
  }

  @Override
  public CompletionStage<Long> size() {
    return map.size();
  }

  @Override
  public CompletionStage<Void> clear() {
    return map.clear();
  }

  @Override
  public AsyncCursor<K, V> scan() {
    return map.scan();
  }

  @Override
  public AsyncCursor<K, V> scan(int entriesMin) {
    return map.scan(entriesMin);
  }
}
