package io.shardgrid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shardgrid.failure.GridConfigException;
import io.shardgrid.failure.GridMemoryExceededException;
import io.shardgrid.failure.GridOverloadedException;
import io.shardgrid.failure.GridTimeoutException;
import io.shardgrid.failure.GridUnavailableException;
import io.shardgrid.failure.OutcomeUnknownException;
import io.shardgrid.failure.ShardLostException;
import io.shardgrid.key.ClusterReport;
import io.shardgrid.key.ClusterReport.MemberReport;
import io.shardgrid.key.EvictionPolicy;
import io.shardgrid.key.LossReport;
import io.shardgrid.map.AsyncMap;
import io.shardgrid.map.Codecs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Clusters of several grids in one JVM, over real sockets. */
final class GridIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final GridSettings REFERENCE = GridSettings.reference().withJoinTimeout(PATIENCE);

  private final Deque<Grid> running = new ConcurrentLinkedDeque<>();

  @AfterEach
  void stop() {
    running.parallelStream().forEach(Grid::closeNow);
  }

  private Grid start(GridSettings settings) {
    Grid grid = Grid.start(settings);
    running.push(grid);
    return grid;
  }

  /** A founder and others that join it, all ready. */
  private List<Grid> cluster(GridSettings... members) {
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

  private static ClusterReport report(Grid grid) {
    return grid.report().toCompletableFuture().join();
  }

  private static void awaitThat(BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
  }

  private static AsyncMap<String, String> strings(Grid grid, String name) {
    return grid.map(name, Codecs.string(), Codecs.string());
  }

  @Test
  void startsAloneWithoutConfiguration() {
    Grid grid = start(GridSettings.reference());
    assertThat(grid.readiness().reasons()).isEmpty();
    strings(grid, "m").put("a", "1").toCompletableFuture().join();
    grid.close();
    assertThat(grid.terminated().toCompletableFuture()).isCompleted();
    assertThatThrownBy(() -> strings(grid, "m").get("a").toCompletableFuture().join())
        .hasCauseInstanceOf(GridUnavailableException.class);
  }

  @Test
  void sharesItsShardsEvenlyAndAnswersEverywhere() {
    List<Grid> grids =
        cluster(REFERENCE.withName("a"), REFERENCE.withName("b"), REFERENCE.withName("c"));
    AsyncMap<String, String> writer = strings(grids.get(0), "m");
    for (int i = 0; i < 1000; i++) {
      writer.put("key-" + i, "value-" + i).toCompletableFuture().join();
    }
    for (Grid grid : grids) {
      assertThat(strings(grid, "m").size().toCompletableFuture().join()).isEqualTo(1000);
      assertThat(strings(grid, "m").get("key-77").toCompletableFuture().join())
          .contains("value-77");
    }
    ClusterReport report = report(grids.get(1));
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
    List<Grid> grids =
        cluster(REFERENCE.withName("light"), REFERENCE.withName("heavy").withWeight(2));
    for (MemberReport member : report(grids.get(0)).members()) {
      int wanted = member.member().name().equals("heavy") ? 171 : 85;
      assertThat(member.shards()).isBetween(wanted - 1, wanted + 1);
    }
  }

  @Test
  void spreadsItsShardsAtAJoinWhileTheyAreWritten() {
    Grid founder = start(REFERENCE.withName("a"));
    AsyncMap<String, String> map = strings(founder, "m");
    map.put("{x}kept", "1").toCompletableFuture().join();
    Grid joiner = start(REFERENCE.withName("b").withSeeds(List.of(founder.self().address())));
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
    Grid founder = start(REFERENCE.withName("a"));
    AsyncMap<String, String> map = strings(founder, "m");
    Grid joiner = start(REFERENCE.withName("b").withSeeds(List.of(founder.self().address())));
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
  void losesNothingWhenANodeCrashesAndRepairsItself() {
    List<Grid> grids =
        cluster(REFERENCE.withName("a"), REFERENCE.withName("b"), REFERENCE.withName("c"));
    AsyncMap<String, String> map = strings(grids.get(0), "m").withTimeout(Duration.ofSeconds(30));
    for (int i = 0; i < 500; i++) {
      map.put("key-" + i, "value-" + i).toCompletableFuture().join();
    }
    grids.get(2).closeNow();
    for (int i = 0; i < 500; i++) {
      assertThat(map.get("key-" + i).toCompletableFuture().join()).contains("value-" + i);
      map.put("key-" + i, "again-" + i).toCompletableFuture().join();
    }
    assertThat(report(grids.get(0)).lostShards()).isEmpty();
    awaitThat(
        () ->
            report(grids.get(0)).members().stream()
                .allMatch(m -> m.shards() == 128 && m.backups() == 128));
    for (int i = 0; i < 500; i++) {
      assertThat(map.get("key-" + i).toCompletableFuture().join()).contains("again-" + i);
    }
  }

  @Test
  void saysThatTheShardsOfACrashedNodeAreLostAndServesTheOthers() {
    GridSettings single = REFERENCE.with("backups", 0);
    List<Grid> grids = cluster(single.withName("a"), single.withName("b"), single.withName("c"));
    AsyncMap<String, String> map = strings(grids.get(0), "m").withTimeout(Duration.ofSeconds(30));
    for (int i = 0; i < 500; i++) {
      map.put("key-" + i, "value").toCompletableFuture().join();
    }
    grids.get(2).closeNow();
    int lost = 0;
    for (int i = 0; i < 500; i++) {
      CompletableFuture<?> read = map.get("key-" + i).toCompletableFuture();
      lost += read.handle((value, failure) -> failure instanceof ShardLostException ? 1 : 0).join();
    }
    assertThat(lost).isBetween(100, 250);
    assertThat(report(grids.get(0)).lostShards()).hasSizeBetween(85, 86);
    assertThatThrownBy(() -> map.size().toCompletableFuture().join())
        .cause()
        .isInstanceOf(ShardLostException.class)
        .hasMessageContainingAll("map=m", "shard=");
  }

  @Test
  void refusesAJoinWithOtherSettingsAndNamesTheKey() {
    Grid founder = start(REFERENCE.withName("a").withShards(64));
    List<String> seeds = List.of(founder.self().address());
    assertThatThrownBy(() -> start(REFERENCE.withShards(128).withSeeds(seeds)))
        .isInstanceOf(GridConfigException.class)
        .hasMessageContainingAll("grid.shards", "wanted=64", "found=128");
    assertThatThrownBy(() -> start(REFERENCE.withCluster("other").withSeeds(seeds)))
        .isInstanceOf(GridConfigException.class)
        .hasMessageContainingAll("grid.cluster", "other");
    GridSettings evicting = REFERENCE.withShards(64).withMap("m", EvictionPolicy.LRU, 64 << 20);
    assertThatThrownBy(() -> start(evicting.withSeeds(seeds)))
        .isInstanceOf(GridConfigException.class)
        .hasMessageContainingAll("grid.maps.m", "wanted=no settings", "found=eviction lru");
    assertThat(founder.members()).hasSize(1);
  }

  @Test
  void evictsWhereAMapIsToldTo() {
    Grid grid = start(REFERENCE.withShards(4).withMap("m", EvictionPolicy.LFU, 1 << 20));
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
    assertThatThrownBy(() -> start(settings))
        .isInstanceOf(GridUnavailableException.class)
        .hasMessageContaining("127.0.0.1:1");
  }

  @Test
  void namesThePortThatIsInUse() {
    Grid first = start(REFERENCE.withName("a"));
    assertThatThrownBy(() -> start(REFERENCE.withClusterPort(first.self().port())))
        .isInstanceOf(GridConfigException.class)
        .hasMessageContainingAll("grid.cluster-port", Integer.toString(first.self().port()));
    int peerPort = first.members().get(0).peerPort();
    assertThatThrownBy(() -> start(REFERENCE.withPeerPort(peerPort)))
        .isInstanceOf(GridConfigException.class)
        .hasMessageContainingAll("grid.peer-port", Integer.toString(peerPort));
  }

  @Test
  void endsOperationsInTimeWhileThePlacementIsUnknown() {
    Grid lonely = start(REFERENCE.withName("a").withExpect(3));
    AsyncMap<String, String> map = strings(lonely, "m").withTimeout(Duration.ofMillis(200));
    assertThatThrownBy(() -> map.get("a").toCompletableFuture().join())
        .cause()
        .isInstanceOf(GridUnavailableException.class)
        .hasMessageContaining("placement");
  }

  @Test
  void letsLostShardsBeginAnewWhenTheLossIsAccepted() {
    GridSettings single = REFERENCE.with("backups", 0);
    List<Grid> grids = cluster(single.withName("a"), single.withName("b"), single.withName("c"));
    AsyncMap<String, String> map = strings(grids.get(0), "m").withTimeout(Duration.ofSeconds(30));
    for (int i = 0; i < 300; i++) {
      map.put("key-" + i, "value").toCompletableFuture().join();
    }
    grids.get(2).closeNow();
    awaitThat(() -> !report(grids.get(0)).lostShards().isEmpty());
    int lost = report(grids.get(0)).lostShards().size();
    List<LossReport.Beginning> begun = new ArrayList<>();
    awaitThat(
        () -> {
          LossReport accepted = grids.get(1).acceptLoss().toCompletableFuture().join();
          begun.addAll(accepted.begun());
          return accepted.refused().isEmpty();
        });
    assertThat(begun).hasSize(lost).allMatch(one -> one.copy() == null);
    awaitThat(() -> report(grids.get(0)).lostShards().isEmpty());
    long kept = map.size().toCompletableFuture().join();
    assertThat(kept).isBetween(150L, 250L);
    for (int i = 0; i < 300; i++) {
      map.put("key-" + i, "again").toCompletableFuture().join();
    }
    assertThat(map.size().toCompletableFuture().join()).isEqualTo(300);
  }

  @Test
  void endsOperationsInTimeWhenTheirNodeIsGone() {
    GridSettings single = REFERENCE.with("backups", 0);
    List<Grid> grids = cluster(single.withName("a"), single.withName("b"), single.withName("c"));
    AsyncMap<String, String> map = strings(grids.get(0), "m").withTimeout(Duration.ofMillis(300));
    grids.get(1).closeNow();
    List<CompletableFuture<Throwable>> ends = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      ends.add(map.get("key-" + i).handle((value, failure) -> failure).toCompletableFuture());
    }
    CompletableFuture.allOf(ends.toArray(CompletableFuture<?>[]::new))
        .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
        .join();
    // Which of them depends on whether the cluster has found out already that the data is gone.
    assertThat(ends.stream().map(CompletableFuture::join).filter(Objects::nonNull))
        .isNotEmpty()
        .hasOnlyElementsOfTypes(
            GridTimeoutException.class, OutcomeUnknownException.class, ShardLostException.class);
  }

  @Test
  void refusesWritesAtTheMemoryLimitAndKeepsWhatItHas() {
    Grid grid = start(REFERENCE.with("memory-max", "4 MiB"));
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
        start(
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
    List<Grid> grids = cluster(single.withName("a"), single.withName("b"), single.withName("c"));
    AsyncMap<String, String> map = strings(grids.get(0), "m");
    for (int i = 0; i < 1000; i++) {
      map.put("key-" + i, "value-" + i).toCompletableFuture().join();
    }
    grids.get(2).close();
    awaitThat(() -> grids.get(0).members().size() == 2);
    ClusterReport report = report(grids.get(0));
    assertThat(report.lostShards()).isEmpty();
    assertThat(report.members().stream().mapToInt(MemberReport::shards).sum()).isEqualTo(256);
    for (int i = 0; i < 1000; i++) {
      assertThat(map.get("key-" + i).toCompletableFuture().join()).contains("value-" + i);
    }
  }
}
