package io.shardgrid.loader;

import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * What a map's entries are loaded from and its writes go to. As {@link MapLoader}.
 *
 * <p>Each write comes at least once: again after a failure, a crash, or a move of its shard. So it
 * may come after a later one to the same key, and the store has to refuse it then by its version.
 *
 * @param <K> keys
 * @param <V> values
 */
public interface MapStore<K, V> extends MapLoader<K, V> {

  /**
   * Stores changes of different keys. Completes when all are stored but those that it names; one
   * that fails is handed over again, all of it, after a while.
   *
   * @param changes at least one, of different keys
   * @return what was refused for good; none as a rule
   */
  CompletionStage<List<StoreRefusal>> write(List<StoreChange<K, V>> changes);
}
