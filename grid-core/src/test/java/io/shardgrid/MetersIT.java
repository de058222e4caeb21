package io.shardgrid;

import static io.shardgrid.RunningGrids.REFERENCE;
import static io.shardgrid.RunningGrids.awaitThat;
import static io.shardgrid.RunningGrids.fill;
import static io.shardgrid.RunningGrids.report;
import static io.shardgrid.RunningGrids.strings;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.map.AsyncMap;
import io.shardgrid.meter.HistogramCounts;
import io.shardgrid.meter.MapMeter;
import io.shardgrid.meter.NodeTally;
import io.shardgrid.meter.OperationOutcome;
import io.shardgrid.meter.ReplicaRole;
import io.shardgrid.wire.Request.Kind;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What nodes count for their meters while shards move between them. */
final class MetersIT {

  private static final int KEYS = 1_000;

  private final RunningGrids grids = new RunningGrids();

  @AfterEach
  void stop() {
    grids.close();
  }

  private static NodeTally tally(Grid grid) {
    return requireNonNull(grid.meters().tally());
  }

  private static MapMeter map(Grid grid) {
    return tally(grid).maps().stream().filter(m -> m.name().equals("m")).findFirst().orElseThrow();
  }

  private static long carriedOut(Grid grid, Kind kind) {
    return map(grid).operations(kind, OperationOutcome.OK);
  }

  private static void look(Grid grid) {
    grid.meters().look().toCompletableFuture().join();
  }

  private static void readAll(AsyncMap<String, String> map) {
    for (int i = 0; i < 2 * KEYS; i++) {
      map.get("key-" + i).toCompletableFuture().join();
    }
  }

  @Test
  void countEveryOperationOnceWhereItIsCarriedOutAndNeverFallWhenShardsMoveAway() {
    Grid first = grids.start(REFERENCE.withName("a"));
    AsyncMap<String, String> map = strings(first, "m");
    fill(map, KEYS, "value");
    readAll(map);
    assertThat(carriedOut(first, Kind.PUT)).isEqualTo(KEYS);
    assertThat(carriedOut(first, Kind.GET)).isEqualTo(2 * KEYS);
    assertThat(map(first).hits()).isEqualTo(KEYS);
    assertThat(map(first).misses()).isEqualTo(KEYS);
    HistogramCounts times = requireNonNull(map(first).times(Kind.GET));
    assertThat(times.count()).as("one of 16").isBetween(KEYS / 16L, 2L * KEYS);
    look(first);
    assertThat(tally(first).entries(map(first), ReplicaRole.PRIMARY)).isEqualTo(KEYS);

    Grid second = grids.start(REFERENCE.withName("b").withSeeds(List.of(first.self().address())));
    awaitThat(
        () ->
            report(first).members().stream()
                .allMatch(member -> member.shards() == 128 && member.backups() == 128));
    assertThat(carriedOut(first, Kind.PUT)).as("through the move").isEqualTo(KEYS);
    assertThat(tally(first).pauses().counts().count()).as("seats handed over").isPositive();

    fill(map, KEYS, "again");
    readAll(map);
    assertThat(carriedOut(second, Kind.PUT)).isPositive();
    assertThat(carriedOut(first, Kind.PUT) + carriedOut(second, Kind.PUT)).isEqualTo(2 * KEYS);
    assertThat(carriedOut(first, Kind.GET) + carriedOut(second, Kind.GET)).isEqualTo(4 * KEYS);
    assertThat(tally(first).batches().counts().sum() + tally(second).batches().counts().sum())
        .as("every write went to a backup")
        .isGreaterThanOrEqualTo(KEYS);
    assertThat(tally(first).acknowledgements().counts().count()).isPositive();
    showWhatTheyHold(first, second);
  }

  private static void showWhatTheyHold(Grid first, Grid second) {
    for (ReplicaRole role : List.of(ReplicaRole.PRIMARY, ReplicaRole.BACKUP)) {
      awaitThat(
          () -> {
            look(first);
            look(second);
            return tally(first).entries(map(first), role) + tally(second).entries(map(second), role)
                == KEYS;
          });
      assertThat(first.meters().holdings().shards()).containsEntry(role, 128);
    }
    assertThat(first.meters().linkLoad().open()).isEqualTo(1);
    assertThat(first.meters().memory().reservedBytes()).isPositive();
  }

  @Test
  void countNothingIfTheyAreOff() {
    Grid grid = grids.start(REFERENCE.with("metrics.enabled", "off"));
    fill(strings(grid, "m"), 10, "value");
    assertThat(grid.meters().tally()).isNull();
    look(grid);
    assertThat(grid.meters().holdings().shards()).containsEntry(ReplicaRole.PRIMARY, 256);
  }
}
