package io.shardgrid;

import io.shardgrid.map.AsyncMap;
import io.shardgrid.map.Codec;
import io.shardgrid.map.MapContractTest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The operations of a map, embedded, in a cluster of three. */
final class EmbeddedMapIT extends MapContractTest {

  private static final List<Grid> GRIDS = new ArrayList<>();

  @BeforeAll
  static void start() {
    GridSettings reference = GridSettings.reference();
    GRIDS.add(Grid.start(reference.withName("a").withExpect(3)));
    List<String> seeds = List.of(GRIDS.get(0).self().address());
    GRIDS.add(Grid.start(reference.withName("b").withSeeds(seeds)));
    GRIDS.add(Grid.start(reference.withName("c").withSeeds(seeds)));
    GRIDS.forEach(grid -> grid.ready().toCompletableFuture().join());
  }

  @AfterAll
  static void stop() {
    GRIDS.forEach(Grid::closeNow);
    GRIDS.clear();
  }

  @Override
  protected <K, V> AsyncMap<K, V> map(String name, Codec<K> keys, Codec<V> values) {
    return GRIDS.get(0).map(name, keys, values);
  }
}
