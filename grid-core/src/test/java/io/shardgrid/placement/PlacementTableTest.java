package io.shardgrid.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shardgrid.key.Epoch;
import io.shardgrid.key.NodeId;
import io.shardgrid.key.PlacementEntry;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class PlacementTableTest {

  private static final NodeId A = new NodeId("a", 1, 1);
  private static final NodeId B = new NodeId("b", 1, 1);

  private final PlacementTable table = new PlacementTable();

  @Test
  void keepsTheNewestEntryWhateverTheOrder() {
    assertThat(table.merge(List.of(entry(0, 2, B), entry(0, 1, A), entry(0, 2, B))))
        .containsExactly(entry(0, 2, B));
    assertThat(table.entry(0)).isEqualTo(entry(0, 2, B));
    assertThat(table.highestEpoch()).isEqualTo(2);
  }

  @Test
  void countsThePrimariesOfEachNode() {
    table.merge(
        List.of(
            entry(0, 1, A),
            entry(1, 2, A),
            entry(2, 3, B),
            new PlacementEntry(3, 4, 4, 0, null, List.of())));
    assertThat(table.primaries()).isEqualTo(Map.of(A, 2, B, 1));
  }

  @Test
  void listsWhatIsNewerThanAnEpoch() {
    table.merge(List.of(entry(2, 1, A), entry(1, 3, A), entry(0, 2, B)));
    assertThat(table.newerThan(1)).containsExactly(entry(0, 2, B), entry(1, 3, A));
    assertThat(table.newerThan(Epoch.NONE)).hasSize(3);
  }

  @Test
  void cannotBeChangedThroughItsView() {
    table.merge(entry(0, 1, A));
    assertThatThrownBy(() -> table.entries().clear())
        .isInstanceOf(UnsupportedOperationException.class);
    assertThat(table.isEmpty()).isFalse();
  }

  private static PlacementEntry entry(int shard, long epoch, NodeId primary) {
    return new PlacementEntry(shard, epoch, epoch, Epoch.NONE, primary, List.of(primary));
  }
}
