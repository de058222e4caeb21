package io.shardgrid.node.bench;

import io.shardgrid.map.AsyncMap;
import io.shardgrid.map.SyncMap;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Maps of a grid as a load sees them: which one an entry is in, its key's hash tells. Immutable.
 */
final class GridSubject implements Subject {

  private static final String MAP = "bench";

  private final List<SyncMap<String, byte[]>> maps;

  private GridSubject(List<SyncMap<String, byte[]>> maps) {
    this.maps = List.copyOf(maps);
  }

  /**
   * Entries spread over so many maps.
   *
   * @param map opens the map of a name
   */
  static GridSubject of(int number, Function<String, AsyncMap<String, byte[]>> map) {
    List<SyncMap<String, byte[]>> maps = new ArrayList<>();
    for (int index = 0; index < number; index++) {
      maps.add(map.apply(index == 0 ? MAP : MAP + "-" + index).sync());
    }
    return new GridSubject(maps);
  }

  private SyncMap<String, byte[]> of(String key) {
    return maps.get(Math.floorMod(key.hashCode(), maps.size()));
  }

  @Override
  public CompletionStage<Boolean> get(String key) {
    return of(key).async().get(key).thenApply(value -> value.isPresent());
  }

  @Override
  public CompletionStage<?> put(String key, byte[] value) {
    return of(key).async().put(key, value);
  }

  @Override
  public boolean awaitGet(String key) {
    return of(key).get(key).isPresent();
  }

  @Override
  public void awaitPut(String key, byte[] value) {
    of(key).put(key, value);
  }
}
