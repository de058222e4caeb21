package io.shardgrid.meter;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.key.Charter;
import io.shardgrid.key.Epoch;
import io.shardgrid.key.NodeId;
import io.shardgrid.key.PlacementEntry;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ClusterFiguresTest {

  private static final Charter CHARTER = new Charter("test", 16, 1, 42);
  private static final NodeId A = new NodeId("a", 1, 1);
  private static final NodeId B = new NodeId("b", 1, 2);
  private static final long SEAT = Epoch.of(1, 1);

  private static PlacementEntry entry(int shard, NodeId... holders) {
    NodeId primary = holders.length == 0 ? null : holders[0];
    return new PlacementEntry(shard, SEAT, SEAT, Epoch.NONE, primary, List.of(holders));
  }

  @Test
  void sayThatAllIsThere() {
    assertThat(ClusterFigures.of(true, 2, CHARTER, shard -> entry(shard, A, B)))
        .isEqualTo(new ClusterFigures(true, 2, 16, 0, 0));
  }

  @Test
  void countShardsWithoutACopyAndSuchWithTooFew() {
    ClusterFigures figures =
        ClusterFigures.of(
            false,
            2,
            CHARTER,
            shard -> shard < 3 ? entry(shard) : shard < 7 ? entry(shard, B) : entry(shard, A, B));
    assertThat(figures).isEqualTo(new ClusterFigures(false, 2, 16, 3, 4));
  }

  @Test
  void countNothingOfWhatIsNotPlacedYet() {
    assertThat(ClusterFigures.of(false, 1, CHARTER, shard -> null))
        .isEqualTo(new ClusterFigures(false, 1, 16, 0, 0));
  }
}
