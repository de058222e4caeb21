package io.shardgrid.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.key.MigrationKind;
import io.shardgrid.key.NodeId;
import io.shardgrid.key.PlacementEntry;
import io.shardgrid.key.PlanReport.PlannedMove;
import io.shardgrid.placement.ReplicaPlanner.Goal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class PlannedMovesTest {

  private static final NodeId A = new NodeId("a", 1, 1);
  private static final NodeId B = new NodeId("b", 1, 1);
  private static final NodeId C = new NodeId("c", 1, 1);
  private static final NodeId D = new NodeId("d", 1, 1);

  @Test
  void isNothingWhereTheGoalIsMet() {
    assertThat(moves(entry(A, B, A), A, B)).isEmpty();
  }

  @Test
  void carriesAPrimaryWithItsCopy() {
    assertThat(moves(entry(A, A, B), C, B)).containsExactly(copy(MigrationKind.PRIMARY, A, C));
  }

  @Test
  void copiesABackupInPlaceOfASurplusOne() {
    assertThat(moves(entry(A, A, B), A, C)).containsExactly(copy(MigrationKind.BACKUP, B, C));
  }

  @Test
  void namesAnotherPrimaryWhereTheDataIs() {
    assertThat(moves(entry(A, A, B), B, A)).containsExactly(change(A, B));
    assertThat(moves(entry(A, A, B), B, C))
        .containsExactly(copy(MigrationKind.BACKUP, A, C), change(A, B));
  }

  @Test
  void makesMissingCopies() {
    assertThat(moves(entry(A, A), A, B)).containsExactly(copy(MigrationKind.REPAIR, null, B));
    assertThat(moves(entry(A, A), B, C))
        .containsExactly(
            copy(MigrationKind.REPAIR, null, B), copy(MigrationKind.BACKUP, A, C), change(A, B));
  }

  @Test
  void carriesBoth() {
    assertThat(moves(entry(A, A, B), C, D))
        .containsExactly(copy(MigrationKind.PRIMARY, A, C), copy(MigrationKind.BACKUP, B, D));
  }

  @Test
  void plansNothingForALostShard() {
    assertThat(moves(new PlacementEntry(7, 1, 1, 0, null, List.of()), A, B)).isEmpty();
  }

  private static List<PlannedMove> moves(PlacementEntry entry, NodeId... goal) {
    PlacementTable table = new PlacementTable();
    table.merge(entry);
    return PlannedMoves.between(table, List.of(new Goal(7, List.of(goal))), shard -> 10L * shard);
  }

  private static PlacementEntry entry(NodeId primary, NodeId... inSync) {
    return new PlacementEntry(7, 1, 1, 0, primary, List.of(inSync));
  }

  private static PlannedMove copy(MigrationKind kind, @Nullable NodeId source, NodeId target) {
    return new PlannedMove(7, kind, source, target, true, 70);
  }

  private static PlannedMove change(NodeId source, NodeId target) {
    return new PlannedMove(7, MigrationKind.PRIMARY, source, target, false, 0);
  }
}
