package io.shardgrid.route;

import io.shardgrid.wire.Answer;
import io.shardgrid.wire.Expiry;
import io.shardgrid.wire.Request;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Distinct keys of a bulk operation, split by shard: one request a shard, not one a key. Confined
 * to one thread.
 */
final class Bulk<K> {

  private final List<K> distinctKeys;
  private final ShardParts parts;

  private Bulk(List<K> distinctKeys, ShardParts parts) {
    this.distinctKeys = distinctKeys;
    this.parts = parts;
  }

  static <K> Bulk<K> of(Collection<? extends K> keys, EntryCodec<K, ?> codec, int shards) {
    List<K> distinct = new ArrayList<>(new LinkedHashSet<>(keys));
    List<byte[]> encoded = new ArrayList<>(distinct.size());
    for (K key : distinct) {
      encoded.add(codec.key(key));
    }
    return new Bulk<>(distinct, ShardParts.of(encoded, shards));
  }

  List<K> distinctKeys() {
    return distinctKeys;
  }

  void getAll(Router router, String map, long timeoutNanos, Outcome outcome) {
    send(
        router,
        map,
        timeoutNanos,
        scatter(router.whole(map, Request.Kind.GET_ALL, outcome), this::inOrder),
        part -> new Request.GetAll(part.keys()));
  }

  void removeAll(Router router, String map, long timeoutNanos, Outcome outcome) {
    send(
        router,
        map,
        timeoutNanos,
        scatter(router.whole(map, Request.Kind.REMOVE_ALL, outcome), Scatter::sum),
        part -> new Request.RemoveAll(part.keys()));
  }

  void putAll(Router router, String map, List<byte[]> inOrder, long timeoutNanos, Outcome outcome) {
    send(
        router,
        map,
        timeoutNanos,
        scatter(router.whole(map, Request.Kind.PUT_ALL, outcome), Scatter::done),
        part -> {
          List<byte[]> ofPart = part.places().stream().map(inOrder::get).toList();
          return new Request.PutAll(part.keys(), ofPart, Expiry.NEVER);
        });
  }

  /** Sends the same request to every shard and sums up or waits for all. */
  static void everyShard(
      Router router, String map, Request request, long timeoutNanos, Outcome outcome) {
    Outcome whole = router.whole(map, request.kind(), outcome);
    Scatter scatter = new Scatter(router.shards(), whole, Scatter::sum);
    for (int shard = 0; shard < router.shards(); shard++) {
      router.submitOrWait(map, shard, request, timeoutNanos, scatter.part(shard));
    }
  }

  private Scatter scatter(
      Outcome whole, Function<AtomicReferenceArray<@Nullable Answer>, Answer> merge) {
    return new Scatter(parts.byShard().size(), whole, merge);
  }

  private void send(
      Router router,
      String map,
      long timeoutNanos,
      Scatter scatter,
      Function<ShardParts.Part, Request> request) {
    int number = 0;
    for (Map.Entry<Integer, ShardParts.Part> part : parts.byShard().entrySet()) {
      router.submitOrWait(
          map, part.getKey(), request.apply(part.getValue()), timeoutNanos, scatter.part(number++));
    }
  }

  private Answer inOrder(AtomicReferenceArray<@Nullable Answer> answers) {
    byte @Nullable [][] values = new byte @Nullable [parts.keyCount()][];
    int number = 0;
    for (ShardParts.Part part : parts.byShard().values()) {
      Answer answer = answers.get(number++);
      if (answer instanceof Answer.Values found) {
        for (int i = 0; i < part.places().size(); i++) {
          values[part.places().get(i)] = found.values().get(i);
        }
      }
    }
    return new Answer.Values(Arrays.asList(values));
  }
}
