package io.shardgrid.node.admin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.shardgrid.failure.GridUnavailableException;
import io.shardgrid.node.access.InProcessGrid;
import io.shardgrid.route.RoutedShards;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the pages about maps and shards say of a grid in this process. */
final class ContentPagesTest {

  private final InProcessGrid grid = new InProcessGrid(16);

  @BeforeEach
  void fill() {
    RoutedShards shards = new RoutedShards(grid.router(), Runnable::run);
    for (int i = 0; i < 200; i++) {
      byte[] key = ("key-" + i).getBytes(UTF_8);
      byte[] value = "value".getBytes(UTF_8);
      String map = "map-" + i % 4;
      shards.store(shards.of(key), map, List.of(key), List.of(value)).toCompletableFuture().join();
    }
  }

  private Object body(String path, Map<String, String> parameters) {
    Recipe recipe = Objects.requireNonNull(ContentPages.reads().get(path));
    Map<String, List<String>> values =
        parameters.entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, one -> List.of(one.getValue())));
    return recipe.content().apply(grid, new Parameters(values)).toCompletableFuture().join().body();
  }

  @Test
  void sumsMapsUpOverAllShards() {
    MapsJson page = (MapsJson) body("/maps", Map.of());
    assertThat(page.maps())
        .extracting(MapsJson.MapJson::name)
        .containsExactly("map-0", "map-1", "map-2", "map-3");
    assertThat(page.maps()).allSatisfy(map -> assertThat(map.entries()).isEqualTo(50));
    assertThat(page.maps()).allSatisfy(map -> assertThat(map.bytes()).isGreaterThan(50 * 10));
    assertThat(page.shardsAnswering()).isEqualTo(16);
    assertThat(page.next()).isNull();
  }

  @Test
  void saysWhatWasReadAndOfWhomThatIsNotKnown() {
    byte[] key = "key".getBytes(UTF_8);
    RoutedShards shards = new RoutedShards(grid.router(), Runnable::run);
    shards.store(shards.of(key), "cities", List.of(key), List.of(key)).toCompletableFuture().join();
    grid.join(InProcessGrid.member(InProcessGrid.OTHER, "b", 0));
    MapsJson page = (MapsJson) body("/maps", Map.of());
    assertThat(page.readsSeconds()).isEqualTo(58);
    assertThat(page.readsWithout()).containsExactly("b");
    assertThat(page.maps())
        .extracting(MapsJson.MapJson::name, MapsJson.MapJson::reads, MapsJson.MapJson::hitRate)
        .startsWith(tuple("cities", 100L, 0.75), tuple("map-0", 0L, null));
    grid.look(CompletableFuture.failedStage(new GridUnavailableException("as the test wants it")));
    assertThat(((MapsJson) body("/maps", Map.of())).readsWithout()).containsExactly("a", "b");
  }

  @Test
  void pagesMapsByName() {
    MapsJson first = (MapsJson) body("/maps", Map.of("count", "3"));
    assertThat(first.maps()).hasSize(3);
    assertThat(first.next()).isEqualTo("map-2");
    MapsJson second = (MapsJson) body("/maps", Map.of("count", "3", "after", "map-2"));
    assertThat(second.maps()).extracting(MapsJson.MapJson::name).containsExactly("map-3");
    assertThat(second.next()).isNull();
    assertThat(second.known()).isEqualTo(4);
  }

  @Test
  void pagesShardsByNumber() {
    ShardsJson page = (ShardsJson) body("/shards", Map.of("from", "10", "count", "4"));
    assertThat(page.list()).extracting(ShardsJson.ShardJson::shard).containsExactly(10, 11, 12, 13);
    assertThat(page.list()).allSatisfy(one -> assertThat(one.primary()).isEqualTo("a"));
    assertThat(page.list()).allSatisfy(one -> assertThat(one.sequence()).isPositive());
    assertThat(page.next()).isEqualTo(14);
    assertThat(((ShardsJson) body("/shards", Map.of("from", "14"))).next()).isNull();
  }

  @Test
  void tellsOfShardsThatDoNotAnswer() {
    grid.place(5, null);
    ShardsJson page = (ShardsJson) body("/shards", Map.of("from", "4", "count", "2"));
    assertThat(page.list().get(0).entries()).isNotNull();
    assertThat(page.list().get(1).lost()).isTrue();
    assertThat(page.list().get(1).sequence()).isNull();
    assertThat(((MapsJson) body("/maps", Map.of())).shardsAnswering()).isEqualTo(15);
  }

  @Test
  void refusesWhatMakesNoSense() {
    assertThatThrownBy(() -> body("/maps", Map.of("count", "0")))
        .isInstanceOf(Parameters.Wrong.class);
    assertThatThrownBy(() -> body("/shards", Map.of("from", "16")))
        .isInstanceOf(Parameters.Wrong.class)
        .hasMessageContaining("wanted=0 to 15");
  }
}
