package io.shardgrid;

import static io.shardgrid.RunningGrids.PATIENCE;
import static io.shardgrid.RunningGrids.REFERENCE;
import static io.shardgrid.RunningGrids.awaitThat;
import static io.shardgrid.RunningGrids.fill;
import static io.shardgrid.RunningGrids.report;
import static io.shardgrid.RunningGrids.strings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shardgrid.failure.GridTimeoutException;
import io.shardgrid.failure.OutcomeUnknownException;
import io.shardgrid.failure.ShardLostException;
import io.shardgrid.key.LossReport;
import io.shardgrid.map.AsyncMap;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What callers see when grids of a cluster crash, all in one JVM. */
final class GridFailureIT {

  private final RunningGrids grids = new RunningGrids();

  @AfterEach
  void stop() {
    grids.close();
  }

  @Test
  void losesNothingWhenANodeCrashesAndRepairsItself() {
    List<Grid> nodes = grids.cluster(REFERENCE, "a", "b", "c");
    AsyncMap<String, String> map = strings(nodes.get(0), "m").withTimeout(Duration.ofSeconds(30));
    fill(map, 500, "value");
    nodes.get(2).closeNow();
    for (int i = 0; i < 500; i++) {
      assertThat(map.get("key-" + i).toCompletableFuture().join()).contains("value-" + i);
      map.put("key-" + i, "again-" + i).toCompletableFuture().join();
    }
    assertThat(report(nodes.get(0)).lostShards()).isEmpty();
    awaitThat(
        () ->
            report(nodes.get(0)).members().stream()
                .allMatch(m -> m.shards() == 128 && m.backups() == 128));
    for (int i = 0; i < 500; i++) {
      assertThat(map.get("key-" + i).toCompletableFuture().join()).contains("again-" + i);
    }
  }

  @Test
  void saysThatTheShardsOfACrashedNodeAreLostAndServesTheOthers() {
    GridSettings single = REFERENCE.with("backups", 0);
    List<Grid> nodes = grids.cluster(single, "a", "b", "c");
    AsyncMap<String, String> map = strings(nodes.get(0), "m").withTimeout(Duration.ofSeconds(30));
    fill(map, 500, "value");
    nodes.get(2).closeNow();
    int lost = 0;
    for (int i = 0; i < 500; i++) {
      CompletableFuture<?> read = map.get("key-" + i).toCompletableFuture();
      lost += read.handle((value, failure) -> failure instanceof ShardLostException ? 1 : 0).join();
    }
    assertThat(lost).isBetween(100, 250);
    assertThat(report(nodes.get(0)).lostShards()).hasSizeBetween(85, 86);
    assertThatThrownBy(() -> map.size().toCompletableFuture().join())
        .cause()
        .isInstanceOf(ShardLostException.class)
        .hasMessageContainingAll("map=m", "shard=");
  }

  @Test
  void aMemberOfWeightZeroHoldsNothingAndKeepsTheMajority() {
    List<Grid> nodes =
        grids.cluster(
            REFERENCE.withName("a"),
            REFERENCE.withName("b"),
            REFERENCE.withName("witness").withWeight(0));
    Grid witness = nodes.get(2);
    AsyncMap<String, String> map = strings(witness, "m").withTimeout(Duration.ofSeconds(30));
    fill(map, 300, "value");
    assertThat(report(witness).members())
        .filteredOn(one -> one.member().name().equals("witness"))
        .singleElement()
        .matches(one -> one.shards() == 0 && one.backups() == 0 && one.entries() == 0);
    nodes.get(1).closeNow();
    for (int i = 0; i < 300; i++) {
      assertThat(map.get("key-" + i).toCompletableFuture().join()).contains("value-" + i);
      map.put("key-" + i, "again-" + i).toCompletableFuture().join();
    }
    assertThat(report(witness).lostShards()).isEmpty();
  }

  @Test
  void losesNothingWhenAsManyNodesCrashAtOnceAsThereAreBackups() {
    GridSettings triple = REFERENCE.with("backups", 2);
    List<Grid> nodes = grids.cluster(triple, "a", "b", "c", "d", "e");
    AsyncMap<String, String> map = strings(nodes.get(0), "m").withTimeout(Duration.ofSeconds(30));
    fill(map, 300, "value");
    nodes.subList(3, 5).parallelStream().forEach(Grid::closeNow);
    for (int i = 0; i < 300; i++) {
      assertThat(map.get("key-" + i).toCompletableFuture().join()).contains("value-" + i);
    }
    assertThat(report(nodes.get(0)).lostShards()).isEmpty();
  }

  @Test
  void letsLostShardsBeginAnewWhenTheLossIsAccepted() {
    GridSettings single = REFERENCE.with("backups", 0);
    List<Grid> nodes = grids.cluster(single, "a", "b", "c");
    AsyncMap<String, String> map = strings(nodes.get(0), "m").withTimeout(Duration.ofSeconds(30));
    fill(map, 300, "value");
    nodes.get(2).closeNow();
    awaitThat(() -> !report(nodes.get(0)).lostShards().isEmpty());
    int lost = report(nodes.get(0)).lostShards().size();
    List<LossReport.Beginning> begun = new ArrayList<>();
    awaitThat(
        () -> {
          LossReport accepted = nodes.get(1).acceptLoss().toCompletableFuture().join();
          begun.addAll(accepted.begun());
          return accepted.refused().isEmpty();
        });
    assertThat(begun).hasSize(lost).allMatch(one -> one.copy() == null);
    awaitThat(() -> report(nodes.get(0)).lostShards().isEmpty());
    long kept = map.size().toCompletableFuture().join();
    assertThat(kept).isBetween(150L, 250L);
    fill(map, 300, "again");
    assertThat(map.size().toCompletableFuture().join()).isEqualTo(300);
  }

  @Test
  void endsOperationsInTimeWhenTheirNodeIsGone() {
    GridSettings single = REFERENCE.with("backups", 0);
    List<Grid> nodes = grids.cluster(single, "a", "b", "c");
    AsyncMap<String, String> map = strings(nodes.get(0), "m").withTimeout(Duration.ofMillis(300));
    nodes.get(1).closeNow();
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
}
