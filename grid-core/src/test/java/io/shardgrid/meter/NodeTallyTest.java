package io.shardgrid.meter;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.failure.FailureCode;
import io.shardgrid.wire.Answer;
import io.shardgrid.wire.Condition;
import io.shardgrid.wire.Expiry;
import io.shardgrid.wire.Request;
import io.shardgrid.wire.Request.Kind;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class NodeTallyTest {

  private static final byte[] KEY = {1};
  private static final Request GET = new Request.Get(KEY);
  private static final Request PUT =
      new Request.Put(KEY, KEY, Expiry.NEVER, Condition.ALWAYS, false);
  private static final Answer FOUND = new Answer.Entry(KEY, 1, 1, 0, -1);
  private static final Answer STORED = new Answer.Stored(true, 1, null);

  private final NodeTally node = tally(2);

  private static NodeTally tally(int mapsMax) {
    NodeTally tally = new NodeTally(new MeterSettings(true, mapsMax, 4));
    tally.begin(16);
    return tally;
  }

  private MapMeter map(String name) {
    return node.maps().stream().filter(map -> map.name().equals(name)).findFirst().orElseThrow();
  }

  private long operations(String map, Kind kind, OperationOutcome outcome) {
    return map(map).operations(kind, outcome);
  }

  @Test
  void countsOperationsOverAllShardsByHowTheyEnded() {
    node.shard(0).made("m");
    node.answered("m", PUT, STORED);
    node.answered("m", PUT, STORED);
    node.answered("m", PUT, new Answer.Failed(FailureCode.MEMORY_EXCEEDED, "full"));
    node.answered("m", PUT, new Answer.Later("full"));
    node.dropped("m", GET);

    assertThat(operations("m", Kind.PUT, OperationOutcome.OK)).isEqualTo(2);
    assertThat(operations("m", Kind.PUT, OperationOutcome.FAILED)).isEqualTo(1);
    assertThat(operations("m", Kind.PUT, OperationOutcome.LATER)).isEqualTo(1);
    assertThat(operations("m", Kind.PUT, OperationOutcome.MOVED)).isZero();
    assertThat(operations("m", Kind.GET, OperationOutcome.DROPPED)).isEqualTo(1);
    assertThat(operations("m", Kind.GET, OperationOutcome.OK)).isZero();
  }

  @Test
  void countsKeysThatWereReadByWhetherTheyHadAnEntry() {
    ShardTally shard = node.shard(3);
    shard.made("m");
    node.answered("m", GET, FOUND);
    node.answered("m", GET, Answer.Absent.INSTANCE);
    node.answered("m", new Request.Peek(KEY), FOUND);
    List<byte[]> keys = List.of(KEY, KEY, KEY);
    node.answered("m", new Request.GetAll(keys), new Answer.Values(Arrays.asList(KEY, null, null)));
    node.answered("m", new Request.CountAll(keys), new Answer.Amount(2));
    node.answered("m", new Request.Size(), new Answer.Amount(100));

    assertThat(map("m").hits()).isEqualTo(1 + 1 + 1 + 2);
    assertThat(map("m").misses()).isEqualTo(1 + 2 + 1);
    assertThat(operations("m", Kind.GET, OperationOutcome.OK)).isEqualTo(2);
  }

  @Test
  void hasMetersForAsManyMapsAsMayBeAndPutsTheOthersTogether() {
    ShardTally shard = node.shard(0);
    for (int i = 0; i < 100; i++) {
      shard.made("map-" + i);
      node.shard(5).made("map-" + i);
      node.answered("map-" + i, PUT, STORED);
    }
    assertThat(node.maps())
        .extracting(MapMeter::name)
        .containsExactlyInAnyOrder("other", "map-0", "map-1");
    assertThat(operations("map-0", Kind.PUT, OperationOutcome.OK)).isEqualTo(1);
    assertThat(operations("map-1", Kind.PUT, OperationOutcome.OK)).isEqualTo(1);
    assertThat(operations("other", Kind.PUT, OperationOutcome.OK)).isEqualTo(98);
  }

  @Test
  void givesNoMetersToNamesThatAreOnlyAskedFor() {
    for (int i = 0; i < 1_000; i++) {
      node.answered("made-up-" + i, GET, Answer.Absent.INSTANCE);
    }
    assertThat(node.maps()).hasSize(1);
    assertThat(map("other").misses()).isEqualTo(1_000);
    assertThat(tally(0).maps()).hasSize(1);
  }

  @Test
  void givesAMapItsMetersInAllShardsOnceOneHasMadeIt() {
    node.answered("m", GET, Answer.Absent.INSTANCE);
    node.shard(0).made("m");
    node.answered("m", GET, Answer.Absent.INSTANCE);
    assertThat(map("other").misses()).isEqualTo(1);
    assertThat(map("m").misses()).isEqualTo(1);
  }

  @Test
  void keepsAMapThatIsCalledAsTheOthersAreWithThem() {
    node.shard(0).made("other");
    node.answered("other", PUT, STORED);
    assertThat(node.maps()).hasSize(1);
    assertThat(operations("other", Kind.PUT, OperationOutcome.OK)).isEqualTo(1);
  }

  @Test
  void showsWhatReplicasHoldByTheirRolesAsOfTheLastTime() {
    hold(0, ReplicaRole.PRIMARY, 10);
    hold(1, ReplicaRole.PRIMARY, 20);
    hold(2, ReplicaRole.BACKUP, 300);
    node.shard(2).found("m", 1_000, 1);
    assertThat(node.entries(map("m"), ReplicaRole.PRIMARY)).isEqualTo(30);
    assertThat(node.bytes(map("m"), ReplicaRole.PRIMARY)).isEqualTo(300);
    assertThat(node.entries(map("m"), ReplicaRole.BACKUP)).as("not shown yet").isEqualTo(300);

    hold(0, ReplicaRole.BACKUP, 11);
    assertThat(node.entries(map("m"), ReplicaRole.PRIMARY)).isEqualTo(20);
    node.shard(1).show(null);
    assertThat(node.entries(map("m"), ReplicaRole.PRIMARY)).as("moved away").isZero();
  }

  private void hold(int shard, ReplicaRole role, long entries) {
    node.shard(shard).made("m");
    node.shard(shard).found("m", entries, 10 * entries);
    node.shard(shard).show(role);
  }

  @Test
  void goesOnCountingThroughIncarnations() {
    node.shard(3).made("m");
    node.answered("m", PUT, STORED);
    node.shard(3).evicted("m");
    node.shard(3).expired("m");
    node.begin(16);
    node.answered("m", PUT, STORED);
    assertThat(operations("m", Kind.PUT, OperationOutcome.OK)).isEqualTo(2);
    assertThat(node.evictions(map("m"))).isEqualTo(1);
    assertThat(node.expirations(map("m"))).isEqualTo(1);
  }

  @Test
  void timesWhatWasCarriedOutOnly() {
    node.shard(0).made("m");
    assertThat(map("m").times(Kind.GET)).isNull();
    node.took("m", GET, FOUND, 2_000);
    node.took("m", GET, new Answer.Later("full"), 9_000);
    HistogramCounts times = requireNonNull(map("m").times(Kind.GET));
    assertThat(times.count()).isEqualTo(1);
    assertThat(times.sum()).isEqualTo(2_000);
  }

  @Test
  void putsNeighboursIntoTheSameGroup() {
    assertThat(List.of(0, 3, 4, 15)).extracting(node::groupOf).containsExactly(0, 0, 1, 3);
  }
}
