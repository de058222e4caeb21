package io.shardgrid.loader;

import io.shardgrid.failure.CodecException;
import io.shardgrid.key.StrictSettings;
import io.shardgrid.map.Codec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The store of one map, as an application gives it to its node, with the codecs of the map. Its
 * settings stand in {@code grid.store.maps.NAME}.
 *
 * @param map name of the map
 * @param keys the codec with which the application uses the map
 * @param values the same
 * @param loader a {@link MapStore} if the map's writes are to reach it
 */
public record StoreBinding<K, V>(
    String map, Codec<K> keys, Codec<V> values, MapLoader<K, V> loader) {

  /** A write as the grid keeps it. */
  public record Bytes(byte[] key, byte @Nullable [] value, long version) {}

  /** Whether writes can reach it. */
  public boolean isWritable() {
    return loader instanceof MapStore;
  }

  /** Loads the bytes of a value. What is no key to the codec, the store does not have. */
  public CompletionStage<Optional<byte[]>> load(byte[] key) {
    K decoded;
    try {
      decoded = keys.decode(key);
    } catch (CodecException e) {
      return CompletableFuture.completedStage(Optional.empty());
    }
    return loader.load(decoded).thenApply(value -> value.map(values::encode));
  }

  /** Stores writes of different keys. What the codecs cannot read is refused for good. */
  public CompletionStage<List<StoreRefusal>> write(List<Bytes> writes) {
    if (!(loader instanceof MapStore<K, V> store)) {
      throw new IllegalStateException("the loader stores nothing: map=" + map);
    }
    List<StoreRefusal> unread = new ArrayList<>();
    List<StoreChange<K, V>> changes = new ArrayList<>(writes.size());
    List<Integer> indexes = new ArrayList<>(writes.size());
    for (int index = 0; index < writes.size(); index++) {
      try {
        changes.add(change(writes.get(index)));
        indexes.add(index);
      } catch (CodecException e) {
        unread.add(new StoreRefusal(index, String.valueOf(e.getMessage())));
      }
    }
    if (changes.isEmpty()) {
      return CompletableFuture.completedStage(unread);
    }
    return store
        .write(changes)
        .thenApply(
            refused -> {
              List<StoreRefusal> all = new ArrayList<>(unread);
              for (StoreRefusal one : refused) {
                all.add(new StoreRefusal(indexes.get(one.index()), one.reason()));
              }
              return all;
            });
  }

  private StoreChange<K, V> change(Bytes write) {
    byte[] value = write.value();
    return new StoreChange<>(
        keys.decode(write.key()), value == null ? null : values.decode(value), write.version());
  }

  /** Hands over the bytes of all keys. */
  public CompletionStage<Void> keys(Consumer<List<byte[]>> taker) {
    return loader.keys(some -> taker.accept(some.stream().map(keys::encode).toList()));
  }

  /** Where its settings stand. */
  static String path(String map) {
    return "grid.store.maps." + map;
  }

  /** Refuses a store that does not fit what is set about the map. */
  public void require(StorePolicy policy) {
    StrictSettings.require(
        !policy.isWritten() || isWritable(),
        path(map) + ".writes",
        "off, since its loader stores nothing",
        policy.writes());
  }
}
