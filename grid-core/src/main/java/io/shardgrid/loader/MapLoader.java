package io.shardgrid.loader;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * What a map's entries are loaded from when they are not in the grid.
 *
 * <p>Thread-safe. Called on threads of the grid that are there for stores, never on the caller's,
 * an event loop's or a shard's; a method may block its thread, or return at once and complete its
 * stage from a thread of its own. Each stage must be completed sooner or later: until then the call
 * counts among those that the store has at once.
 *
 * @param <K> keys
 * @param <V> values
 */
public interface MapLoader<K, V> extends AutoCloseable {

  /**
   * The value of a key, or nothing if the store does not have it. One that fails is not asked again
   * by itself: whoever waits is told {@code StoreUnavailableException}.
   */
  CompletionStage<Optional<V>> load(K key);

  /**
   * Hands over all keys of the store, in lists, for the existence filter; completes when all have
   * been. {@code keys} blocks while it takes a list, and throws when no more are wanted. Only
   * called for a map with {@code filter-keys}.
   *
   * @throws UnsupportedOperationException if the store cannot tell: then the map can have no filter
   */
  default CompletionStage<Void> keys(Consumer<List<K>> keys) {
    throw new UnsupportedOperationException("this loader does not tell its keys");
  }

  /**
   * Numbers of its own for pages and meters, such as of a pool of connections, by name. Asked for
   * several times a second, on threads that must not be blocked.
   */
  default Map<String, Long> figures() {
    return Map.of();
  }

  /** The grid needs it no more. */
  @Override
  default void close() {}
}
