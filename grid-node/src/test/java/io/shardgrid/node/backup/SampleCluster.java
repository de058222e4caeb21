package io.shardgrid.node.backup;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.shardgrid.node.access.InProcessGrid;
import io.shardgrid.route.RoutedShards;
import io.shardgrid.wire.Answer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A grid in this process, with data, for tests of backups. */
final class SampleCluster {

  final InProcessGrid grid;
  final RoutedShards shards;

  SampleCluster(int shards, long hashSeed) {
    this.grid = new InProcessGrid(shards, Duration.ofSeconds(5), hashSeed);
    this.shards = new RoutedShards(grid.router(), Runnable::run);
  }

  void put(String map, String key, String value) {
    byte[] bytes = key.getBytes(UTF_8);
    join(shards.store(shards.of(bytes), map, List.of(bytes), List.of(value.getBytes(UTF_8))));
  }

  void put(String map, String key, String value, long deadlineMillis) {
    byte[] bytes = key.getBytes(UTF_8);
    join(shards.store(shards.of(bytes), map, bytes, value.getBytes(UTF_8), deadlineMillis));
  }

  Answer find(String map, String key) {
    byte[] bytes = key.getBytes(UTF_8);
    return shards.find(shards.of(bytes), map, bytes).toCompletableFuture().join();
  }

  private static void join(java.util.concurrent.CompletionStage<Answer> stage) {
    stage.toCompletableFuture().join();
  }

  /** Three maps: plain entries, some that expire in an hour or a century, some large. */
  void fill(int entries) {
    long hour = System.currentTimeMillis() + Duration.ofHours(1).toMillis();
    for (int i = 0; i < entries; i++) {
      put("towns", "town-" + i, "name of town " + i + " " + "x".repeat(i % 60));
      if (i % 10 == 0) {
        put("sessions", "session-" + i, "user " + i, hour + i);
      }
      if (i % 500 == 0) {
        put("photos", "photo-" + i, ("" + (char) ('a' + i % 26)).repeat(20_000 + i));
      }
    }
  }

  Backup.Made backUp(Path directory) throws Exception {
    return backUp(new BackupPlan(directory, 3, 0, false, false, done -> {}));
  }

  Backup.Made backUp(BackupPlan plan) throws Exception {
    return new Backup(shards, grid.charter(), plan, Clock.systemUTC()).run();
  }

  Restore.Restored restore(Path directory, RestorePlan.Mode mode) throws Exception {
    Manifest manifest = new Verification(directory, 3).run(bytes -> {});
    RestorePlan plan = new RestorePlan(directory, mode, 3, 8, written -> {});
    return new Restore(shards, manifest, plan, Clock.systemUTC()).run();
  }

  /** Entries of all maps. */
  long entries() {
    List<Answer.Description> all = new ArrayList<>();
    for (int shard = 0; shard < shards.count(); shard++) {
      all.add(shards.describe(shard).toCompletableFuture().join());
    }
    return all.stream()
        .flatMap(one -> one.maps().stream())
        .mapToLong(Answer.MapLine::entries)
        .sum();
  }
}
