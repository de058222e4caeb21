package io.shardgrid.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.key.NodeId;
import io.shardgrid.key.PlacementEntry;
import io.shardgrid.placement.NodeReport.CopyReport;
import io.shardgrid.placement.NodeReport.SeatReport;
import io.shardgrid.placement.ReplicaPlanner.Goal;
import io.shardgrid.shard.CopyState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class MovesTest {

  private static final NodeId A = new NodeId("a", 1, 1);
  private static final NodeId B = new NodeId("b", 1, 1);
  private static final NodeId C = new NodeId("c", 1, 1);
  private static final Set<NodeId> ALL = Set.of(A, B, C);
  private static final long SECOND = 1_000_000_000L;

  private final PlacementTable table = new PlacementTable();
  private final List<String> asked = new ArrayList<>();
  private final Moves moves =
      new Moves(
          new PlacementSettings(
              1,
              1,
              Duration.ZERO,
              Duration.ofMillis(100),
              Duration.ofMillis(1),
              1,
              1,
              Duration.ofSeconds(5),
              Duration.ofMillis(1)));

  private final Moves.Requests requests =
      new Moves.Requests() {
        @Override
        public void askCopy(NodeId primary, int shard, long seat, NodeId target) {
          asked.add("copy %d %s to %s".formatted(shard, primary.host(), target.host()));
        }

        @Override
        public void putPrimary(PlacementEntry base, NodeId primary) {
          asked.add("name %d %s".formatted(base.shard(), primary.host()));
        }

        @Override
        public void putRemoval(PlacementEntry base, NodeId node) {
          asked.add("remove %d %s".formatted(base.shard(), node.host()));
        }
      };

  @Test
  void fillsThenNamesThenRemoves() {
    moves.planned(List.of(new Goal(0, List.of(C, B))));
    place(0, 1, A, A, B);
    served(0, 1, CopyState.SCANNING);
    assertThat(tick(0)).containsExactly("copy 0 a to c");
    place(0, 2, A, A, B, C);
    assertThat(tick(1)).containsExactly("name 0 c");
    placeSeat(0, 3, C, A, B, C);
    assertThat(tick(2)).isEmpty();
    served(0, 3, CopyState.DONE);
    assertThat(tick(3)).containsExactly("remove 0 a");
    place(0, 4, C, B, C);
    assertThat(tick(4)).isEmpty();
    assertThat(moves.areDone(table)).isTrue();
  }

  @Test
  void doesNothingToASeatThatNobodyHasTaken() {
    moves.planned(List.of(new Goal(0, List.of(B))));
    place(0, 1, A, A);
    assertThat(tick(0)).isEmpty();
  }

  @Test
  void fillsNoMoreShardsAtOnceThanItMay() {
    moves.planned(List.of(new Goal(0, List.of(A, B)), new Goal(1, List.of(A, B))));
    place(0, 1, A, A);
    place(1, 2, A, A);
    served(0, 1, CopyState.SCANNING);
    served(1, 2, CopyState.SCANNING);
    assertThat(tick(0)).containsExactly("copy 0 a to b");
    place(0, 3, A, A, B);
    tick(1);
    assertThat(tick(2)).contains("copy 1 a to b");
  }

  @Test
  void asksAgainUntilItIsHeard() {
    moves.planned(List.of(new Goal(0, List.of(A, B))));
    place(0, 1, A, A);
    served(0, 1, CopyState.SCANNING);
    assertThat(tick(0)).hasSize(1);
    assertThat(tick(0)).isEmpty();
    assertThat(tick(1)).hasSize(1);
  }

  @Test
  void leavesNodesOutOfReachAlone() {
    moves.planned(List.of(new Goal(0, List.of(A, B))));
    place(0, 1, A, A);
    served(0, 1, CopyState.SCANNING);
    moves.tick(table, Set.of(A, C), 0, requests);
    moves.tick(table, Set.of(B, C), 0, requests);
    assertThat(asked).isEmpty();
  }

  @Test
  void removesNothingBeforeAllTheOthersAreThere() {
    moves.planned(List.of(new Goal(0, List.of(A, B))));
    place(0, 1, A, A, C);
    served(0, 1, CopyState.SCANNING);
    assertThat(tick(0)).containsExactly("copy 0 a to b");
  }

  private List<String> tick(long second) {
    asked.clear();
    moves.tick(table, ALL, second * SECOND, requests);
    return List.copyOf(asked);
  }

  private void served(int shard, long seat, CopyState copy) {
    moves.reported(
        new NodeReport(
            List.of(new SeatReport(shard, seat, 0, List.of(new CopyReport(C, copy, 0))))),
        0);
  }

  private void place(int shard, long epoch, NodeId primary, NodeId... inSync) {
    PlacementEntry before = table.entry(shard);
    long seat = before == null ? epoch : before.seat();
    table.merge(new PlacementEntry(shard, epoch, seat, 0, primary, List.of(inSync)));
  }

  private void placeSeat(int shard, long epoch, NodeId primary, NodeId... inSync) {
    table.merge(new PlacementEntry(shard, epoch, epoch, 1, primary, List.of(inSync)));
  }
}
