package io.shardgrid.map;

import io.shardgrid.failure.GridException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * An {@link AsyncMap} for callers that wait for each operation; see there for what each does.
 *
 * <p>Thread-safe. An operation returns its result, or throws a {@link GridException} by its
 * deadline. A thread that is interrupted while it waits goes on waiting, and is still interrupted
 * afterwards: whether the operation was carried out would else be unknown.
 */
public final class SyncMap<K, V> {

  private final AsyncMap<K, V> map;

  SyncMap(AsyncMap<K, V> map) {
    this.map = map;
  }

  /** The same map, asked by callers that do not wait. */
  public AsyncMap<K, V> async() {
    return map;
  }

  /** The map's name. */
  public String name() {
    return map.name();
  }

  /** The same map with another deadline for its operations. */
  public SyncMap<K, V> withTimeout(Duration timeout) {
    return map.withTimeout(timeout).sync();
  }

  /** The value of a key. */
  public Optional<V> get(K key) {
    return await(map.get(key));
  }

  /** The entry of a key: value, version and deadline. */
  public Optional<EntryView<K, V>> getEntry(K key) {
    return await(map.getEntry(key));
  }

  /** Whether the key has an entry. */
  public boolean containsKey(K key) {
    return await(map.containsKey(key));
  }

  /** Stores a value without a deadline; an earlier deadline is taken off. */
  public void put(K key, V value) {
    await(map.put(key, value));
  }

  /** Stores a value that expires. */
  public void put(K key, V value, Duration ttl) {
    await(map.put(key, value, ttl));
  }

  /** Stores a value and returns the one before. */
  public Optional<V> getAndPut(K key, V value) {
    return await(map.getAndPut(key, value));
  }

  /** Stores a value if the key has none. Returns whether it did. */
  public boolean putIfAbsent(K key, V value) {
    return await(map.putIfAbsent(key, value));
  }

  /** Stores a value that expires if the key has none. Returns whether it did. */
  public boolean putIfAbsent(K key, V value, Duration ttl) {
    return await(map.putIfAbsent(key, value, ttl));
  }

  /** Stores a value if the key has one, and keeps its deadline. Returns whether it did. */
  public boolean replace(K key, V value) {
    return await(map.replace(key, value));
  }

  /** Stores a value if the key's value is the expected one. Returns whether it did. */
  public boolean replace(K key, V expected, V value) {
    return await(map.replace(key, expected, value));
  }

  /** Stores a value if the entry has the expected version. Returns whether it did. */
  public boolean replaceVersion(K key, long expectedVersion, V value) {
    return await(map.replaceVersion(key, expectedVersion, value));
  }

  /** Removes the entry. Returns whether there was one. */
  public boolean remove(K key) {
    return await(map.remove(key));
  }

  /** Removes the entry if its value is the expected one. Returns whether it did. */
  public boolean remove(K key, V expected) {
    return await(map.remove(key, expected));
  }

  /** Removes the entry if it has the expected version. Returns whether it did. */
  public boolean removeVersion(K key, long expectedVersion) {
    return await(map.removeVersion(key, expectedVersion));
  }

  /** Removes the entry and returns its value. */
  public Optional<V> getAndRemove(K key) {
    return await(map.getAndRemove(key));
  }

  /** The values of those keys that have one. */
  public Map<K, V> getAll(Collection<? extends K> keys) {
    return await(map.getAll(keys));
  }

  /** Stores all entries without deadline. Not atomic: on failure some may be stored. */
  public void putAll(Map<? extends K, ? extends V> entries) {
    await(map.putAll(entries));
  }

  /** Removes all these keys. Returns how many had an entry. */
  public long removeAll(Collection<? extends K> keys) {
    return await(map.removeAll(keys));
  }

  /** How long the entry has to live; empty if there is none or it has no deadline. */
  public Optional<Duration> ttl(K key) {
    return await(map.ttl(key));
  }

  /** Lets the entry expire after this time. Returns whether there is one. */
  public boolean expire(K key, Duration ttl) {
    return await(map.expire(key, ttl));
  }

  /** Lets the entry expire at this moment. Returns whether there is one. */
  public boolean expireAt(K key, Instant deadline) {
    return await(map.expireAt(key, deadline));
  }

  /** Takes off the entry's deadline. Returns whether there is such an entry. */
  public boolean persist(K key) {
    return await(map.persist(key));
  }

  /** Adds to a number stored as decimal text, atomically; no entry counts as 0. */
  public long increment(K key, long delta) {
    return await(map.increment(key, delta));
  }

  /** Has a rule decide about the entry of a key; see {@link AsyncMap#invoke}. */
  public RuleAnswer invoke(K key, String rule, Object... arguments) {
    return await(map.invoke(key, rule, arguments));
  }

  /** The same for each of these keys. */
  public Map<K, RuleAnswer> invokeAll(
      Collection<? extends K> keys, String rule, Object... arguments) {
    return await(map.invokeAll(keys, rule, arguments));
  }

  /** The same for each key that has an entry and passes the filter. O(entries). */
  public Map<K, RuleAnswer> invokeAll(
      Predicate<? super K> filter, String rule, Object... arguments) {
    return await(map.invokeAll(filter, rule, arguments));
  }

  /** The number of entries: a sum over the shards, no snapshot. */
  public long size() {
    return await(map.size());
  }

  /** Removes all entries, shard by shard. */
  public void clear() {
    await(map.clear());
  }

  /** Hands every entry to {@code action}, a page in memory at a time; see {@link AsyncCursor}. */
  public void forEach(Consumer<? super EntryView<K, V>> action) {
    entries().forEach(action);
  }

  /**
   * All entries, without a snapshot, a page in memory at a time; see {@link AsyncCursor}. Each
   * iterator reads anew.
   */
  public Iterable<EntryView<K, V>> entries() {
    return () -> new Pages<>(map.scan());
  }

  private static <T> T await(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof GridException failure) {
        throw failure;
      }
      throw e;
    }
  }

  /** Not thread-safe. */
  private static final class Pages<K, V> implements Iterator<EntryView<K, V>> {
    private final AsyncCursor<K, V> cursor;
    private Iterator<EntryView<K, V>> page = List.<EntryView<K, V>>of().iterator();
    private boolean isAtEnd;

    Pages(AsyncCursor<K, V> cursor) {
      this.cursor = cursor;
    }

    @Override
    public boolean hasNext() {
      if (!page.hasNext() && !isAtEnd) {
        page = await(cursor.next()).iterator();
        isAtEnd = !page.hasNext();
      }
      return page.hasNext();
    }

    @Override
    public EntryView<K, V> next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return page.next();
    }
  }
}
