package io.shardgrid.baseline;

import io.shardgrid.Grid;
import io.shardgrid.GridSettings;
import io.shardgrid.map.AsyncMap;
import io.shardgrid.map.Codecs;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The shards of a grid of one embedded node, asked as its users ask them, by a caller who waits for
 * each answer. Bytes are copied into the shard's pages and out of them.
 */
final class ActorMap implements ComparedMap {

  private final Grid grid;
  private final AsyncMap<String, byte[]> entries;

  private ActorMap(Grid grid) {
    this.grid = grid;
    this.entries = grid.map("compared", Codecs.string(), Codecs.bytes());
  }

  /** Starts a grid for this map alone and waits until it serves. */
  static ActorMap start() {
    Grid grid = Grid.start(GridSettings.reference());
    await(grid.ready());
    return new ActorMap(grid);
  }

  @Override
  public byte @Nullable [] get(String key) {
    return await(entries.get(key)).orElse(null);
  }

  @Override
  public void put(String key, byte[] value) {
    await(entries.put(key, value));
  }

  @Override
  public void putAll(Map<String, byte[]> all) {
    await(entries.putAll(all));
  }

  @Override
  public boolean remove(String key) {
    return await(entries.remove(key));
  }

  @Override
  public long increment(String key) {
    return await(entries.increment(key, 1));
  }

  @Override
  public long size() {
    return await(entries.size());
  }

  /** Ends the grid at once: there is nobody to hand its shards to. */
  @Override
  public void close() {
    grid.closeNow();
  }

  private static <T> T await(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }
}
