package io.shardgrid;

import static io.shardgrid.RunningGrids.REFERENCE;
import static io.shardgrid.RunningGrids.awaitThat;
import static io.shardgrid.RunningGrids.fill;
import static io.shardgrid.RunningGrids.report;
import static io.shardgrid.RunningGrids.strings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shardgrid.failure.GridConfigException;
import io.shardgrid.failure.GridMemoryExceededException;
import io.shardgrid.failure.GridOverloadedException;
import io.shardgrid.failure.GridUnavailableException;
import io.shardgrid.key.ClusterReport;
import io.shardgrid.key.ClusterReport.MemberReport;
import io.shardgrid.key.EvictionPolicy;
import io.shardgrid.map.AsyncMap;
import io.shardgrid.map.Codecs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Clusters of several grids in one JVM, over real sockets. */
final class GridIT {

  private final RunningGrids grids = new RunningGrids();

  @AfterEach
  void stop() {
    grids.close();
  }

  @Test
  void startsAloneWithoutConfiguration() {
    Grid grid = grids.start(GridSettings.reference());
    assertThat(grid.readiness().reasons()).isEmpty();
    strings(grid, "m").put("a", "1").toCompletableFuture().join();
    grid.close();
    assertThat(grid.terminated().toCompletableFuture()).isCompleted();
    assertThatThrownBy(() -> strings(grid, "m").get("a").toCompletableFuture().join())
        .hasCauseInstanceOf(GridUnavailableException.class);
  }

  @Test
  void sharesItsShardsEvenlyAndAnswersEverywhere() {
    List<Grid> nodes = grids.cluster(REFERENCE, "a", "b", "c");
    AsyncMap<String, String> writer = strings(nodes.get(0), "m");
    fill(writer, 1000, "value");
    for (Grid grid : nodes) {
      assertThat(strings(grid, "m").size().toCompletableFuture().join()).isEqualTo(1000);
      assertThat(strings(grid, "m").get("key-77").toCompletableFuture().join())
          .contains("value-77");
    }
    ClusterReport report = report(nodes.get(1));
    assertThat(report.members()).hasSize(3);
    for (MemberReport member : report.members()) {
      assertThat(member.isAnswering()).isTrue();
      assertThat(member.shards()).isBetween(85, 86);
      assertThat(member.entries()).isPositive();
    }
    assertThat(report.members().stream().mapToLong(MemberReport::entries).sum()).isEqualTo(1000);
  }

  @Test
  void givesAHeavierNodeMore() {
    List<Grid> nodes =
        grids.cluster(REFERENCE.withName("light"), REFERENCE.withName("heavy").withWeight(2));
    for (MemberReport member : report(nodes.get(0)).members()) {
      int wanted = member.member().name().equals("heavy") ? 171 : 85;
      assertThat(member.shards()).isBetween(wanted - 1, wanted + 1);
    }
  }

  @Test
  void spreadsItsShardsAtAJoinWhileTheyAreWritten() {
    Grid founder = grids.start(REFERENCE.withName("a"));
    AsyncMap<String, String> map = strings(founder, "m");
    map.put("{x}kept", "1").toCompletableFuture().join();
    Grid joiner = grids.start(REFERENCE.withName("b").withSeeds(List.of(founder.self().address())));
    List<CompletableFuture<Void>> writes = new ArrayList<>();
    awaitThat(
        () -> {
          // Writes to one shard while all move: none of them may fail.
          writes.add(map.put("{x}" + writes.size(), "2").toCompletableFuture());
          return report(founder).members().stream()
              .allMatch(m -> m.shards() == 128 && m.backups() == 128);
        });
    writes.forEach(CompletableFuture::join);
    AsyncMap<String, String> other = strings(joiner, "m");
    assertThat(other.get("{x}kept").toCompletableFuture().join()).contains("1");
    assertThat(other.size().toCompletableFuture().join()).isEqualTo(writes.size() + 1);
  }

  @Test
  void losesNothingWhenShardsAreWrittenWhileTheyMove() {
    Grid founder = grids.start(REFERENCE.withName("a"));
    AsyncMap<String, String> map = strings(founder, "m");
    Grid joiner = grids.start(REFERENCE.withName("b").withSeeds(List.of(founder.self().address())));
    List<CompletableFuture<Void>> writes = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      writes.add(map.put("key-" + i, "value-" + i).toCompletableFuture());
      if (i % 100 == 0) {
        writes.get(i).join();
      }
    }
    writes.forEach(CompletableFuture::join);
    awaitThat(() -> report(founder).members().stream().allMatch(MemberReport::isAnswering));
    AsyncMap<String, String> other = strings(joiner, "m");
    assertThat(other.size().toCompletableFuture().join()).isEqualTo(20_000);
    for (int i = 0; i < 20_000; i += 97) {
      assertThat(other.get("key-" + i).toCompletableFuture().join()).contains("value-" + i);
    }
  }

  @Test
  void refusesAJoinWithOtherSettingsAndNamesTheKey() {
    Grid founder = grids.start(REFERENCE.withName("a").withShards(64));
    List<String> seeds = List.of(founder.self().address());
    assertThatThrownBy(() -> grids.start(REFERENCE.withShards(128).withSeeds(seeds)))
        .isInstanceOf(GridConfigException.class)
        .hasMessageContainingAll("grid.shards", "wanted=64", "found=128");
    assertThatThrownBy(() -> grids.start(REFERENCE.withCluster("other").withSeeds(seeds)))
        .isInstanceOf(GridConfigException.class)
        .hasMessageContainingAll("grid.cluster", "other");
    GridSettings evicting = REFERENCE.withShards(64).withMap("m", EvictionPolicy.LRU, 64 << 20);
    assertThatThrownBy(() -> grids.start(evicting.withSeeds(seeds)))
        .isInstanceOf(GridConfigException.class)
        .hasMessageContainingAll("grid.maps.m", "wanted=no settings", "found=eviction lru");
    assertThat(founder.members()).hasSize(1);
  }

  @Test
  void evictsWhereAMapIsToldTo() {
    Grid grid = grids.start(REFERENCE.withShards(4).withMap("m", EvictionPolicy.LFU, 1 << 20));
    AsyncMap<String, byte[]> map = grid.map("m", Codecs.string(), Codecs.bytes());
    for (int i = 0; i < 20_000; i++) {
      map.put("k" + i, new byte[500]).toCompletableFuture().join();
    }
    assertThat(map.size().toCompletableFuture().join()).isBetween(1_000L, 2_000L);
    assertThat(map.get("k19999").toCompletableFuture().join()).isPresent();
  }

  @Test
  void givesUpWhenNoSeedAnswers() {
    GridSettings settings =
        GridSettings.reference()
            .withSeeds(List.of("127.0.0.1:1"))
            .withJoinTimeout(Duration.ofSeconds(1));
    assertThatThrownBy(() -> grids.start(settings))
        .isInstanceOf(GridUnavailableException.class)
        .hasMessageContaining("127.0.0.1:1");
  }

  @Test
  void namesThePortThatIsInUse() {
    Grid first = grids.start(REFERENCE.withName("a"));
    assertThatThrownBy(() -> grids.start(REFERENCE.withClusterPort(first.self().port())))
        .isInstanceOf(GridConfigException.class)
        .hasMessageContainingAll("grid.cluster-port", Integer.toString(first.self().port()));
    int peerPort = first.members().get(0).peerPort();
    assertThatThrownBy(() -> grids.start(REFERENCE.withPeerPort(peerPort)))
        .isInstanceOf(GridConfigException.class)
        .hasMessageContainingAll("grid.peer-port", Integer.toString(peerPort));
  }

  @Test
  void endsOperationsInTimeWhileThePlacementIsUnknown() {
    Grid lonely = grids.start(REFERENCE.withName("a").withExpect(3));
    AsyncMap<String, String> map = strings(lonely, "m").withTimeout(Duration.ofMillis(200));
    assertThatThrownBy(() -> map.get("a").toCompletableFuture().join())
        .cause()
        .isInstanceOf(GridUnavailableException.class)
        .hasMessageContaining("placement");
  }

  @Test
  void refusesWritesAtTheMemoryLimitAndKeepsWhatItHas() {
    Grid grid = grids.start(REFERENCE.with("memory-max", "4 MiB"));
    AsyncMap<String, byte[]> map = grid.map("m", Codecs.string(), Codecs.bytes());
    int stored = 0;
    Throwable refusal = null;
    while (refusal == null && stored < 1000) {
      String key = "key-" + stored;
      refusal =
          map.put(key, new byte[100_000])
              .handle((done, failure) -> failure)
              .toCompletableFuture()
              .join();
      stored += refusal == null ? 1 : 0;
    }
    assertThat(refusal)
        .isInstanceOf(GridMemoryExceededException.class)
        .hasMessageContainingAll("map=m", "shard=");
    assertThat(stored).isBetween(10, 42);
    assertThat(map.size().toCompletableFuture().join()).isEqualTo(stored);
    assertThat(map.get("key-0").toCompletableFuture().join()).isPresent();
    assertThat(map.remove("key-0").toCompletableFuture().join()).isTrue();
    map.put("key-0", new byte[100_000]).toCompletableFuture().join();
  }

  @Test
  void refusesMoreWaitingOperationsThanItsBound() {
    Grid lonely =
        grids.start(
            REFERENCE
                .withExpect(3)
                .withShards(1)
                .with("route.window-max", 4)
                .with("route.waiting-max", 8));
    AsyncMap<String, String> map = strings(lonely, "m");
    List<CompletableFuture<?>> waiting = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      waiting.add(map.put("key-" + i, "1").toCompletableFuture());
    }
    assertThatThrownBy(() -> map.put("key-9", "1").toCompletableFuture().join())
        .cause()
        .isInstanceOf(GridOverloadedException.class)
        .hasMessageContainingAll("map=m", "shard=0", "grid.route.waiting-max=8");
    assertThat(waiting).noneMatch(CompletableFuture::isDone);
  }

  @Test
  void movesItsShardsWhenItLeaves() {
    GridSettings single = REFERENCE.with("backups", 0);
    List<Grid> nodes = grids.cluster(single, "a", "b", "c");
    AsyncMap<String, String> map = strings(nodes.get(0), "m");
    fill(map, 1000, "value");
    nodes.get(2).close();
    awaitThat(() -> nodes.get(0).members().size() == 2);
    ClusterReport report = report(nodes.get(0));
    assertThat(report.lostShards()).isEmpty();
    assertThat(report.members().stream().mapToInt(MemberReport::shards).sum()).isEqualTo(256);
    for (int i = 0; i < 1000; i++) {
      assertThat(map.get("key-" + i).toCompletableFuture().join()).contains("value-" + i);
    }
  }
}
