package io.shardgrid.node.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.key.Epoch;
import io.shardgrid.key.PlacementEntry;
import io.shardgrid.node.access.InProcessGrid;
import io.shardgrid.node.access.ServerFigure;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class PlacementFiguresTest {

  private static final long LATER = Epoch.of(2, 1);

  private final InProcessGrid grid = new InProcessGrid(16);

  private Map<String, Long> figures() {
    return PlacementFigures.of(grid).stream()
        .collect(Collectors.toMap(ServerFigure::name, figure -> figure.value().getAsLong()));
  }

  @Test
  void sayThatAllIsThere() {
    assertThat(figures())
        .isEqualTo(
            Map.of(
                "ready", 1L,
                "members", 1L,
                "placement.shards", 16L,
                "placement.lost.shards", 0L,
                "placement.missing.backups", 0L));
  }

  @Test
  void countShardsWithoutACopyAndSuchWithTooFew() {
    grid.place(3, null);
    grid.place(5, null);
    grid.router().placed(new PlacementEntry(7, LATER, LATER, Epoch.NONE, grid.self(), List.of()));

    assertThat(figures())
        .containsEntry("placement.lost.shards", 2L)
        .containsEntry("placement.missing.backups", 1L);
  }

  @Test
  void countMembers() {
    grid.join(InProcessGrid.member(InProcessGrid.OTHER, "b", 7172));

    assertThat(figures()).containsEntry("members", 2L);
  }
}
