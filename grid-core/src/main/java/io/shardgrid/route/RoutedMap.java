package io.shardgrid.route;

import io.shardgrid.failure.GridException;
import io.shardgrid.key.Slot;
import io.shardgrid.map.AsyncCursor;
import io.shardgrid.map.AsyncMap;
import io.shardgrid.map.Codec;
import io.shardgrid.map.EntryView;
import io.shardgrid.map.RuleAnswer;
import io.shardgrid.map.RuleCallForm;
import io.shardgrid.wire.Condition;
import io.shardgrid.wire.Expiry;
import io.shardgrid.wire.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * An {@link AsyncMap} over a {@link Router}: encodes at the caller, sends, decodes at the caller.
 * Thread-safe.
 */
public final class RoutedMap<K, V> implements AsyncMap<K, V> {

  private static final int PAGE_ENTRIES = 500;

  private interface BulkRequest<K> {
    void send(Bulk<K> bulk, Outcome outcome);
  }

  private final EntryCodec<K, V> codec;
  private final Router router;
  private final Executor callbacks;
  private final long timeoutNanos;
  private final Call.KeyDecoder<K, Optional<V>> values;
  private final Call.KeyDecoder<K, Optional<V>> previous;
  private final Call.KeyDecoder<K, Optional<EntryView<K, V>>> entries;

  /**
   * Makes a view of a map.
   *
   * @param name 1 to 255 bytes as UTF-8
   * @param callbacks runs what depends on stages that complete later than the call
   */
  public RoutedMap(String name, Codec<K> keys, Codec<V> values, Router router, Executor callbacks) {
    this(
        new EntryCodec<>(name, keys, values),
        router,
        callbacks,
        router.settings().timeout().toNanos());
  }

  private RoutedMap(EntryCodec<K, V> codec, Router router, Executor callbacks, long timeoutNanos) {
    this.codec = codec;
    this.router = router;
    this.callbacks = callbacks;
    this.timeoutNanos = timeoutNanos;
    this.values = codec::valueOf;
    this.previous = codec::previousOf;
    this.entries = codec::entryOf;
  }

  @Override
  public String name() {
    return codec.map();
  }

  @Override
  public AsyncMap<K, V> withTimeout(Duration timeout) {
    return new RoutedMap<>(codec, router, callbacks, positive("timeout", timeout).toNanos());
  }

  @Override
  public CompletionStage<Optional<V>> get(K key) {
    return callOf(key, Request.Get::new, values);
  }

  @Override
  public CompletionStage<Optional<EntryView<K, V>>> getEntry(K key) {
    return callOf(key, Request.Get::new, entries);
  }

  @Override
  public CompletionStage<Boolean> containsKey(K key) {
    return call(key, Request.Peek::new, Answers::isEntry);
  }

  @Override
  public CompletionStage<Void> put(K key, V value) {
    return call(key, value, Expiry.NEVER, Condition.ALWAYS, Answers::nothing);
  }

  @Override
  public CompletionStage<Void> put(K key, V value, Duration ttl) {
    return call(key, value, after(ttl), Condition.ALWAYS, Answers::nothing);
  }

  @Override
  public CompletionStage<Optional<V>> getAndPut(K key, V value) {
    Call<Optional<V>> call = Call.of(previous, key, callbacks);
    return put(key, value, Expiry.NEVER, Condition.ALWAYS, true, call);
  }

  @Override
  public CompletionStage<Boolean> putIfAbsent(K key, V value) {
    return call(key, value, Expiry.NEVER, Condition.ABSENT, Answers::isApplied);
  }

  @Override
  public CompletionStage<Boolean> putIfAbsent(K key, V value, Duration ttl) {
    return call(key, value, after(ttl), Condition.ABSENT, Answers::isApplied);
  }

  @Override
  public CompletionStage<Boolean> replace(K key, V value) {
    return call(key, value, Expiry.KEEP, Condition.PRESENT, Answers::isApplied);
  }

  @Override
  public CompletionStage<Boolean> replace(K key, V expected, V value) {
    return call(
        key,
        keyBytes ->
            new Request.Put(
                keyBytes,
                codec.value(key, value),
                Expiry.KEEP,
                Condition.valueIs(codec.value(key, expected)),
                false),
        Answers::isApplied);
  }

  @Override
  public CompletionStage<Boolean> replaceVersion(K key, long expectedVersion, V value) {
    Condition condition = Condition.versionIs(expectedVersion);
    return call(key, value, Expiry.KEEP, condition, Answers::isApplied);
  }

  @Override
  public CompletionStage<Boolean> remove(K key) {
    return call(
        key, bytes -> new Request.Remove(bytes, Condition.ALWAYS, false), Answers::isApplied);
  }

  @Override
  public CompletionStage<Boolean> remove(K key, V expected) {
    return call(
        key,
        bytes -> new Request.Remove(bytes, Condition.valueIs(codec.value(key, expected)), false),
        Answers::isApplied);
  }

  @Override
  public CompletionStage<Boolean> removeVersion(K key, long expectedVersion) {
    Condition condition = Condition.versionIs(expectedVersion);
    return call(key, bytes -> new Request.Remove(bytes, condition, false), Answers::isApplied);
  }

  @Override
  public CompletionStage<Optional<V>> getAndRemove(K key) {
    return callOf(key, bytes -> new Request.Remove(bytes, Condition.ALWAYS, true), previous);
  }

  @Override
  public CompletionStage<Map<K, V>> getAll(Collection<? extends K> keys) {
    return bulk(
        keys,
        (bulk, call) -> bulk.getAll(router, codec.map(), timeoutNanos, call),
        bulk -> answer -> codec.valuesOf(bulk.distinctKeys(), answer));
  }

  @Override
  public CompletionStage<Void> putAll(Map<? extends K, ? extends V> entries) {
    List<byte[]> values = new ArrayList<>(entries.size());
    try {
      entries.forEach((key, value) -> values.add(codec.value(key, value)));
    } catch (GridException e) {
      return CompletableFuture.failedStage(e);
    }
    return bulk(
        entries.keySet(),
        (bulk, call) -> bulk.putAll(router, codec.map(), values, timeoutNanos, call),
        bulk -> Answers::nothing);
  }

  @Override
  public CompletionStage<Long> removeAll(Collection<? extends K> keys) {
    return bulk(
        keys,
        (bulk, call) -> bulk.removeAll(router, codec.map(), timeoutNanos, call),
        bulk -> Answers::amount);
  }

  @Override
  public CompletionStage<Optional<Duration>> ttl(K key) {
    return call(key, Request.Peek::new, Answers::timeLeft);
  }

  @Override
  public CompletionStage<Boolean> expire(K key, Duration ttl) {
    return expire(key, after(ttl));
  }

  @Override
  public CompletionStage<Boolean> expireAt(K key, Instant deadline) {
    return expire(key, Expiry.at(deadline.toEpochMilli()));
  }

  @Override
  public CompletionStage<Boolean> persist(K key) {
    return expire(key, Expiry.NEVER);
  }

  private CompletionStage<Boolean> expire(K key, Expiry expiry) {
    return call(key, bytes -> new Request.Expire(bytes, expiry, false), Answers::isApplied);
  }

  @Override
  public CompletionStage<Long> increment(K key, long delta) {
    return call(key, bytes -> new Request.Add(bytes, delta), Answers::amount);
  }

  @Override
  public CompletionStage<RuleAnswer> invoke(K key, String rule, Object... arguments) {
    return invoke(key, RuleCallForm.of(rule, arguments));
  }

  private CompletionStage<RuleAnswer> invoke(K key, RuleCallForm form) {
    return call(
        key,
        bytes ->
            new Request.Invoke(bytes, form.rule(), form.function(), form.numbers(), form.bytes()),
        Answers::result);
  }

  @Override
  public CompletionStage<Map<K, RuleAnswer>> invokeAll(
      Collection<? extends K> keys, String rule, Object... arguments) {
    RuleCallForm form = RuleCallForm.of(rule, arguments);
    return new RuleSweep<K>(key -> invoke(key, form), callbacks).over(keys);
  }

  @Override
  public CompletionStage<Map<K, RuleAnswer>> invokeAll(
      Predicate<? super K> filter, String rule, Object... arguments) {
    RuleCallForm form = RuleCallForm.of(rule, arguments);
    return new RuleSweep<K>(key -> invoke(key, form), callbacks).over(scan(), filter);
  }

  @Override
  public CompletionStage<Long> size() {
    Call<Long> call = Call.of(Answers::amount, callbacks);
    Bulk.everyShard(router, codec.map(), new Request.Size(), timeoutNanos, call);
    return call.submitted();
  }

  @Override
  public CompletionStage<Void> clear() {
    Call<Void> call = Call.of(Answers::nothing, callbacks);
    Bulk.everyShard(router, codec.map(), new Request.Clear(), timeoutNanos, call);
    return call.submitted();
  }

  @Override
  public AsyncCursor<K, V> scan() {
    return scan(PAGE_ENTRIES);
  }

  @Override
  public AsyncCursor<K, V> scan(int entriesMin) {
    if (entriesMin < 1) {
      throw new IllegalArgumentException("A page has at least one entry: found=" + entriesMin);
    }
    return new RoutedCursor<>(codec, router, callbacks, timeoutNanos, entriesMin);
  }

  private <R> CompletionStage<R> call(
      K key, V value, Expiry expiry, Condition condition, Call.Decoder<R> decoder) {
    return put(key, value, expiry, condition, false, Call.of(decoder, callbacks));
  }

  /** Spares the function that {@link #submit} would be handed: it would be a tenth of the bytes. */
  private <R> CompletionStage<R> put(
      K key, V value, Expiry expiry, Condition condition, boolean wantsPrevious, Call<R> call) {
    Request.Put encoded;
    try {
      encoded =
          new Request.Put(
              codec.key(key), codec.value(key, value), expiry, condition, wantsPrevious);
    } catch (GridException e) {
      return CompletableFuture.failedStage(e);
    }
    return send(encoded.key(), encoded, call);
  }

  private <R> CompletionStage<R> call(
      K key, Function<byte[], Request> request, Call.Decoder<R> decoder) {
    return submit(key, request, Call.of(decoder, callbacks));
  }

  private <R> CompletionStage<R> callOf(
      K key, Function<byte[], Request> request, Call.KeyDecoder<K, R> decoder) {
    return submit(key, request, Call.of(decoder, key, callbacks));
  }

  private <R> CompletionStage<R> submit(K key, Function<byte[], Request> request, Call<R> call) {
    byte[] keyBytes;
    Request encoded;
    try {
      keyBytes = codec.key(key);
      encoded = request.apply(keyBytes);
    } catch (GridException e) {
      return CompletableFuture.failedStage(e);
    }
    return send(keyBytes, encoded, call);
  }

  private <R> CompletionStage<R> send(byte[] keyBytes, Request encoded, Call<R> call) {
    int shard = Slot.shardOf(Slot.of(keyBytes), router.shards());
    router.submitOrWait(codec.map(), shard, encoded, timeoutNanos, call);
    return call.submitted();
  }

  private <R> CompletionStage<R> bulk(
      Collection<? extends K> keys,
      BulkRequest<K> request,
      Function<Bulk<K>, Call.Decoder<R>> decoder) {
    Bulk<K> bulk;
    try {
      bulk = Bulk.of(keys, codec, router.shards());
    } catch (GridException e) {
      return CompletableFuture.failedStage(e);
    }
    Call<R> call = Call.of(decoder.apply(bulk), callbacks);
    request.send(bulk, call);
    return call.submitted();
  }

  private static Expiry after(Duration ttl) {
    return Expiry.after(positive("ttl", ttl).toMillis());
  }

  private static Duration positive(String what, Duration duration) {
    if (duration.compareTo(Duration.ofMillis(1)) < 0) {
      throw new IllegalArgumentException(
          "A " + what + " is at least a millisecond: found=" + duration);
    }
    return duration;
  }
}
