package io.shardgrid;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.key.ClusterReport;
import io.shardgrid.loader.StoreBinding;
import io.shardgrid.map.AsyncMap;
import io.shardgrid.map.Codecs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Grids of one test, all in this JVM, over real sockets. */
final class RunningGrids implements AutoCloseable {

  static final Duration PATIENCE = Duration.ofSeconds(60);
  static final GridSettings REFERENCE = GridSettings.reference().withJoinTimeout(PATIENCE);

  private final Deque<Grid> running = new ConcurrentLinkedDeque<>();

  Grid start(GridSettings settings) {
    Grid grid = Grid.start(settings);
    running.push(grid);
    return grid;
  }

  /** The same with stores behind maps. */
  Grid start(GridSettings settings, List<StoreBinding<?, ?>> stores) {
    Grid grid = Grid.start(settings, stores);
    running.push(grid);
    return grid;
  }

  /** A founder and others that join it, all ready. */
  List<Grid> cluster(GridSettings... members) {
    List<Grid> grids = new ArrayList<>();
    grids.add(start(members[0].withExpect(members.length)));
    List<String> seeds = List.of(grids.get(0).self().address());
    List<CompletableFuture<Grid>> joining = new ArrayList<>();
    for (int i = 1; i < members.length; i++) {
      GridSettings settings = members[i].withSeeds(seeds);
      joining.add(CompletableFuture.supplyAsync(() -> start(settings)));
    }
    joining.forEach(one -> grids.add(one.join()));
    grids.forEach(grid -> grid.ready().toCompletableFuture().join());
    return grids;
  }

  /** Such a cluster of members that differ in their names only. */
  List<Grid> cluster(GridSettings each, String... names) {
    return cluster(Arrays.stream(names).map(each::withName).toArray(GridSettings[]::new));
  }

  @Override
  public void close() {
    running.parallelStream().forEach(Grid::closeNow);
  }

  static ClusterReport report(Grid grid) {
    return grid.report().toCompletableFuture().join();
  }

  static AsyncMap<String, String> strings(Grid grid, String name) {
    return grid.map(name, Codecs.string(), Codecs.string());
  }

  /** Stores so many entries, one after the other: key-0 and on, of word-0 and on. */
  static void fill(AsyncMap<String, String> map, int entries, String word) {
    for (int i = 0; i < entries; i++) {
      map.put("key-" + i, word + "-" + i).toCompletableFuture().join();
    }
  }

  static void awaitThat(BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
  }
}
