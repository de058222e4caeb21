package io.shardgrid;

import static io.shardgrid.RunningGrids.awaitThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import io.shardgrid.failure.GridConfigException;
import io.shardgrid.failure.StoreRefusedException;
import io.shardgrid.failure.StoreUnavailableException;
import io.shardgrid.loader.MapStore;
import io.shardgrid.loader.StoreBinding;
import io.shardgrid.loader.StoreChange;
import io.shardgrid.loader.StoreRefusal;
import io.shardgrid.map.AsyncMap;
import io.shardgrid.map.Codecs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Maps with stores behind them, in clusters of several grids in one JVM. */
final class StoresIT {

  private static final String MAP = "cities";
  private static final int KEYS = 300;

  private final RunningGrids grids = new RunningGrids();
  private final Rows rows = new Rows();

  /** A store in memory, as a table would be one. */
  private static final class Rows implements MapStore<String, String> {
    private final Map<String, StoreChange<String, String>> table = new ConcurrentHashMap<>();
    private final AtomicInteger loads = new AtomicInteger();
    private volatile boolean isDown;

    private @Nullable String value(String key) {
      StoreChange<String, String> row = table.get(key);
      return row == null ? null : row.value();
    }

    private <T> CompletionStage<T> told(T answer) {
      return isDown
          ? CompletableFuture.failedStage(new IllegalStateException("the store is down"))
          : CompletableFuture.completedStage(answer);
    }

    @Override
    public CompletionStage<Optional<String>> load(String key) {
      loads.incrementAndGet();
      StoreChange<String, String> row = table.get(key);
      return told(row == null ? Optional.empty() : Optional.ofNullable(row.value()));
    }

    @Override
    public CompletionStage<List<StoreRefusal>> write(List<StoreChange<String, String>> changes) {
      List<StoreRefusal> refused = new ArrayList<>();
      for (int index = 0; !isDown && index < changes.size(); index++) {
        StoreChange<String, String> change = changes.get(index);
        if ("bad".equals(change.value())) {
          refused.add(new StoreRefusal(index, "a constraint"));
        } else {
          table.merge(
              change.key(), change, (old, next) -> next.version() > old.version() ? next : old);
        }
      }
      return told(refused);
    }
  }

  @AfterEach
  void stop() {
    grids.close();
  }

  private static GridSettings settings(String writes) {
    return GridSettings.from(
        ConfigFactory.parseString(
            "grid.store.maps.cities { writes = %s, delay = 100 ms }".formatted(writes)));
  }

  private Grid start(GridSettings settings, String name, List<String> seeds) {
    Grid grid =
        grids.start(
            settings.withName(name).withSeeds(seeds),
            List.of(new StoreBinding<>(MAP, Codecs.string(), Codecs.string(), rows)));
    grid.ready().toCompletableFuture().join();
    return grid;
  }

  private static AsyncMap<String, String> cities(Grid grid) {
    return grid.map(MAP, Codecs.string(), Codecs.string());
  }

  private static <T> T join(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }

  @Test
  void readsAndWritesThrough() {
    Grid grid = start(settings("through"), "a", List.of());
    AsyncMap<String, String> cities = cities(grid);
    rows.table.put("b", new StoreChange<>("b", "Bonn", 1));
    assertThat(join(cities.get("b"))).contains("Bonn");
    assertThat(join(cities.get("b"))).contains("Bonn");
    assertThat(rows.loads).hasValue(1);
    assertThat(join(cities.get("nobody"))).isEmpty();
    assertThat(join(cities.get("nobody"))).isEmpty();
    assertThat(rows.loads).as("known to be nowhere").hasValue(2);

    join(cities.put("k", "Köln"));
    assertThat(rows.value("k")).isEqualTo("Köln");
    assertThat(join(cities.remove("b"))).isTrue();
    assertThat(rows.value("b")).isNull();
    assertThatThrownBy(() -> join(cities.put("x", "bad")))
        .hasCauseInstanceOf(StoreRefusedException.class)
        .hasMessageContaining("a constraint");
    assertThat(join(cities.get("x"))).isEmpty();
  }

  @Test
  void serviceGoesOnWhileTheStoreIsDownAndNoWriteIsLostWithANode() {
    GridSettings settings = settings("behind").withJoinTimeout(RunningGrids.PATIENCE);
    Grid a = start(settings, "a", List.of());
    Grid b = start(settings, "b", List.of(a.self().address()));
    AsyncMap<String, String> cities = cities(a);
    rows.isDown = true;
    for (int key = 0; key < KEYS; key++) {
      join(cities.put("k" + key, "v" + key));
    }
    assertThat(join(cities.get("k7"))).contains("v7");
    assertThatThrownBy(() -> join(cities.get("elsewhere")))
        .hasCauseInstanceOf(StoreUnavailableException.class);
    assertThat(rows.table).isEmpty();
    b.close(); // its part of the queue goes to the other node
    rows.isDown = false;
    awaitThat(() -> rows.table.size() == KEYS);
    awaitThat(() -> a.stores().reports().get(0).marks() == 0);
    assertThat(rows.value("k7")).isEqualTo("v7");
  }

  @Test
  void doesNotLetANodeInThatHasNoSuchStore() {
    Grid a = start(settings("behind"), "a", List.of());
    GridSettings other = GridSettings.reference().withSeeds(List.of(a.self().address()));
    assertThatThrownBy(() -> Grid.start(other))
        .isInstanceOf(GridConfigException.class)
        .hasMessageContaining("grid.maps.cities");
    assertThatThrownBy(() -> Grid.start(settings("behind")))
        .isInstanceOf(GridConfigException.class)
        .hasMessageContaining("grid.store.maps.cities");
  }
}
