package io.shardgrid.map;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/**
 * A named map of the grid, asked asynchronously; the same for embedded and remote use.
 *
 * <p>Thread-safe. Every operation on one key is linearizable; operations of one thread on one key
 * happen in the order of the calls, also without waiting in between. Operations on several keys are
 * split by shard, one message a shard, and are not atomic across keys.
 *
 * <p>Null is neither key nor value. A stage ends with a result or, by its deadline (5 s unless set
 * otherwise), with a {@link io.shardgrid.failure.GridException}: {@code GridTimeoutException}
 * (nothing was done), {@code OutcomeUnknownException} (sent, no answer), {@code
 * ShardLostException}, {@code GridUnavailableException}, {@code GridOverloadedException}, {@code
 * GridMemoryExceededException}, {@code CodecException}. Stages complete on a callback thread of the
 * grid, or on the caller's; never on a thread that holds a shard.
 *
 * @param <K> keys, at most 65,535 bytes encoded
 * @param <V> values, at most 8 MiB encoded
 */
public interface AsyncMap<K, V> {

  /** The map's name. */
  String name();

  /** The same map with another deadline for its operations. */
  AsyncMap<K, V> withTimeout(Duration timeout);

  /**
   * The same map, asked by callers that wait. An operation on a shard of this process that nobody
   * else uses at the moment is carried out by the calling thread itself.
   */
  default SyncMap<K, V> sync() {
    return new SyncMap<>(this);
  }

  /** The value of a key. */
  CompletionStage<Optional<V>> get(K key);

  /** The entry of a key: value, version and deadline. */
  CompletionStage<Optional<EntryView<K, V>>> getEntry(K key);

  /** Whether the key has an entry. */
  CompletionStage<Boolean> containsKey(K key);

  /** Stores a value without a deadline; an earlier deadline is taken off. */
  CompletionStage<Void> put(K key, V value);

  /**
   * Stores a value that expires.
   *
   * @param ttl from now, by the primary's clock; at least a millisecond
   */
  CompletionStage<Void> put(K key, V value, Duration ttl);

  /** Stores a value and returns the one before. */
  CompletionStage<Optional<V>> getAndPut(K key, V value);

  /** Stores a value if the key has none. Returns whether it did. */
  CompletionStage<Boolean> putIfAbsent(K key, V value);

  /** Stores a value that expires if the key has none. Returns whether it did. */
  CompletionStage<Boolean> putIfAbsent(K key, V value, Duration ttl);

  /** Stores a value if the key has one, and keeps its deadline. Returns whether it did. */
  CompletionStage<Boolean> replace(K key, V value);

  /**
   * Stores a value if the key's value is the expected one (its bytes are equal), and keeps its
   * deadline. Returns whether it did.
   */
  CompletionStage<Boolean> replace(K key, V expected, V value);

  /**
   * Stores a value if the entry has the expected version, and keeps its deadline. Returns whether
   * it did.
   */
  CompletionStage<Boolean> replaceVersion(K key, long expectedVersion, V value);

  /** Removes the entry. Returns whether there was one. */
  CompletionStage<Boolean> remove(K key);

  /** Removes the entry if its value is the expected one. Returns whether it did. */
  CompletionStage<Boolean> remove(K key, V expected);

  /** Removes the entry if it has the expected version. Returns whether it did. */
  CompletionStage<Boolean> removeVersion(K key, long expectedVersion);

  /** Removes the entry and returns its value. */
  CompletionStage<Optional<V>> getAndRemove(K key);

  /** The values of those keys that have one. */
  CompletionStage<Map<K, V>> getAll(Collection<? extends K> keys);

  /** Stores all entries without deadline. Not atomic: on failure some may be stored. */
  CompletionStage<Void> putAll(Map<? extends K, ? extends V> entries);

  /** Removes all these keys. Returns how many had an entry. */
  CompletionStage<Long> removeAll(Collection<? extends K> keys);

  /** How long the entry has to live; empty if there is none or it has no deadline. */
  CompletionStage<Optional<Duration>> ttl(K key);

  /** Lets the entry expire after this time. Returns whether there is one. */
  CompletionStage<Boolean> expire(K key, Duration ttl);

  /** Lets the entry expire at this moment. Returns whether there is one. */
  CompletionStage<Boolean> expireAt(K key, Instant deadline);

  /** Takes off the entry's deadline. Returns whether there is such an entry. */
  CompletionStage<Boolean> persist(K key);

  /**
   * Adds to a number stored as decimal text, atomically; no entry counts as 0. Keeps the deadline.
   * Returns the sum; ends in {@code CodecException} if the value is no number or the sum exceeds 64
   * bits.
   */
  CompletionStage<Long> increment(K key, long delta);

  /**
   * Has a rule decide about the entry of a key, where the entry is: what it reads, changes and
   * answers is one operation, carried out once whatever is retried. Fails with {@code
   * RuleException} if it does not come to its end, {@code InvalidRuleException} if there is no such
   * rule or the arguments do not fit; the entry is as it was then.
   *
   * @param rule {@code rule.function}, or one name for both
   * @param arguments whole numbers first, which are the function's parameters; then text (UTF-8) or
   *     bytes, which it reads
   */
  CompletionStage<RuleAnswer> invoke(K key, String rule, Object... arguments);

  /**
   * The same for each of these keys, each an operation of its own. Fails with the first that fails;
   * the others are carried out all the same.
   */
  CompletionStage<Map<K, RuleAnswer>> invokeAll(
      Collection<? extends K> keys, String rule, Object... arguments);

  /**
   * The same for each key that has an entry throughout the call and passes the filter, which runs
   * in this process, on a callback thread. O(entries): all keys come here, a page at a time.
   */
  CompletionStage<Map<K, RuleAnswer>> invokeAll(
      Predicate<? super K> filter, String rule, Object... arguments);

  /** The number of entries: a sum over the shards, no snapshot. */
  CompletionStage<Long> size();

  /** Removes all entries, shard by shard. Not atomic across shards. */
  CompletionStage<Void> clear();

  /** Reads the whole map page by page. */
  AsyncCursor<K, V> scan();

  /**
   * Reads the whole map page by page.
   *
   * @param entriesMin about how many entries a page has, at least 1
   */
  AsyncCursor<K, V> scan(int entriesMin);
}
