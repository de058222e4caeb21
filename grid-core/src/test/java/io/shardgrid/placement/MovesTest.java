package io.shardgrid.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.key.DigestVerdict;
import io.shardgrid.key.MigrationKind;
import io.shardgrid.key.MigrationReport;
import io.shardgrid.key.MigrationState;
import io.shardgrid.key.NodeId;
import io.shardgrid.key.PlacementEntry;
import io.shardgrid.placement.NodeReport.CopyReport;
import io.shardgrid.placement.NodeReport.SeatReport;
import io.shardgrid.placement.ReplicaPlanner.Goal;
import io.shardgrid.shard.CopyEnd;
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
  private Set<NodeId> staying = ALL;
  private final List<String> asked = new ArrayList<>();
  private final List<MoveStep> steps = new ArrayList<>();
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
              Duration.ofMillis(1)),
          steps::add);

  private final Moves.Requests requests =
      new Moves.Requests() {
        @Override
        public void askCopy(NodeId primary, int shard, long seat, NodeId target) {
          asked.add("copy %d %s to %s".formatted(shard, primary.host(), target.host()));
        }

        @Override
        public void cancelCopy(NodeId primary, int shard, NodeId target) {
          asked.add("recall %d %s to %s".formatted(shard, primary.host(), target.host()));
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
    moves.tick(table, company(A, C), 0, requests);
    moves.tick(table, company(B, C), 0, requests);
    assertThat(asked).isEmpty();
  }

  @Test
  void removesNothingBeforeAllTheOthersAreThere() {
    moves.planned(List.of(new Goal(0, List.of(A, B))));
    place(0, 1, A, A, C);
    served(0, 1, CopyState.SCANNING);
    assertThat(tick(0)).containsExactly("copy 0 a to b");
  }

  @Test
  void beginsNothingThatOnlyEvensOutWhileItIsPaused() {
    moves.planned(List.of(new Goal(0, List.of(C, B))));
    place(0, 1, A, A, B);
    served(0, 1, CopyState.SCANNING);
    moves.pause(true);
    assertThat(tick(0)).isEmpty();
    assertThat(moves.waiting(table)).hasSize(1);
    moves.pause(false);
    assertThat(tick(1)).containsExactly("copy 0 a to c");
  }

  @Test
  void finishesWhatHasBegunWhenItIsPaused() {
    moves.planned(List.of(new Goal(0, List.of(C, B))));
    place(0, 1, A, A, B);
    served(0, 1, CopyState.SCANNING);
    tick(0);
    moves.pause(true);
    place(0, 2, A, A, B, C);
    assertThat(tick(1)).containsExactly("name 0 c");
    placeSeat(0, 3, C, A, B, C);
    served(0, 3, CopyState.DONE);
    assertThat(tick(2)).containsExactly("remove 0 a");
  }

  @Test
  void makesMissingCopiesAndEmptiesLeavingMembersAlthoughItIsPaused() {
    moves.planned(List.of(new Goal(0, List.of(A, B)), new Goal(1, List.of(B, C))));
    place(0, 1, A, A);
    place(1, 2, C, A, C);
    served(0, 1, CopyState.SCANNING);
    served(1, 2, CopyState.SCANNING);
    moves.pause(true);
    assertThat(tick(0)).containsExactly("copy 0 a to b");
    place(0, 3, A, A, B);
    assertThat(tick(1)).isEmpty();
    staying = Set.of(B, C);
    assertThat(tick(2)).containsExactly("copy 1 c to b");
  }

  @Test
  void cancelsACopyAndDoesNotBeginItAgainUntilTheNextPlan() {
    List<Goal> goals = List.of(new Goal(0, List.of(A, C)));
    moves.planned(goals);
    place(0, 1, A, A, B);
    served(0, 1, CopyState.SCANNING);
    tick(0);
    assertThat(moves.cancel(0, table, SECOND)).isTrue();
    assertThat(moves.history().newestFirst().get(0).report(SECOND))
        .returns(MigrationState.ABORTED, MigrationReport.Move::state)
        .returns("an operator cancelled it", MigrationReport.Move::reason)
        .returns(MigrationKind.BACKUP, MigrationReport.Move::kind)
        .returns(B, MigrationReport.Move::source);
    assertThat(tick(1)).containsExactly("recall 0 a to c");
    assertThat(tick(2)).isEmpty();
    served(0, 1, CopyState.SCANNING);
    assertThat(tick(3)).as("the word was lost").containsExactly("recall 0 a to c");
    moves.planned(goals);
    assertThat(tick(4)).containsExactly("copy 0 a to c");
  }

  @Test
  void takesTheTargetOutIfACancelledCopyWasWholeAlready() {
    moves.planned(List.of(new Goal(0, List.of(A, C))));
    place(0, 1, A, A, B);
    served(0, 1, CopyState.SCANNING);
    tick(0);
    moves.cancel(0, table, SECOND);
    place(0, 2, A, A, B, C);
    assertThat(tick(1)).containsExactly("recall 0 a to c", "remove 0 c");
  }

  @Test
  void cancelsNeitherRepairsNorWhatIsNearlyDoneNorNothing() {
    moves.planned(List.of(new Goal(0, List.of(A, C)), new Goal(1, List.of(A, B))));
    place(0, 1, A, A);
    place(1, 2, A, A, B);
    served(0, 1, CopyState.SCANNING);
    tick(0);
    assertThat(moves.cancel(0, table, 0)).isFalse();
    assertThat(moves.cancel(1, table, 0)).isFalse();
    moves.planned(List.of(new Goal(0, List.of(A, C)), new Goal(1, List.of(A, C))));
    served(1, 2, CopyState.SCANNING);
    place(0, 3, A, A, C);
    tick(1);
    served(1, 2, CopyState.SYNCING);
    assertThat(moves.cancel(1, table, 0)).isFalse();
  }

  @Test
  void remembersABoundedNumberOfEndedMoves() {
    for (int i = 0; i < 300; i++) {
      moves.planned(List.of(new Goal(i, List.of(B))));
      table.merge(new PlacementEntry(i, i + 1, i + 1, 0, A, List.of(A, B)));
      moves.reported(report(A, new SeatReport(i, i + 1, 0, List.of())), 0);
      tick(i);
      table.merge(new PlacementEntry(i, i + 1000, i + 1000, i + 1, B, List.of(A, B)));
      moves.reported(report(B, new SeatReport(i, i + 1000, 0, List.of())), 0);
      tick(i);
    }
    assertThat(moves.history().newestFirst()).hasSize(256);
    assertThat(moves.history().newestFirst().get(0).shard()).isEqualTo(299);
    assertThat(moves.history().done()).isEqualTo(300);
  }

  @Test
  void measuresBytesRateAndPauseAndTellsOfTheDigest() {
    moves.planned(List.of(new Goal(0, List.of(C, B))));
    place(0, 1, A, A, B);
    moves.reported(report(A, new SeatReport(0, 1, 1_000, List.of())), 0);
    tick(0);
    CopyReport scanning = copyTo(C, CopyState.SCANNING, 250);
    moves.reported(report(A, new SeatReport(0, 1, 1_000, List.of(scanning))), SECOND);
    assertThat(moves.migrations().iterator().next().report(2 * SECOND))
        .returns(MigrationKind.PRIMARY, MigrationReport.Move::kind)
        .returns(MigrationState.MIGRATING, MigrationReport.Move::state)
        .returns(250L, MigrationReport.Move::bytesSent)
        .returns(750L, MigrationReport.Move::bytesLeft)
        .returns(250L, MigrationReport.Move::bytesPerSecond)
        .returns(3_000L, MigrationReport.Move::etaMillis)
        .returns(2_000L, MigrationReport.Move::ageMillis)
        .returns(DigestVerdict.NOT_YET, MigrationReport.Move::digest);
    place(0, 2, A, A, B, C);
    tick(2);
    placeSeat(0, 3, C, A, B, C);
    moves.reported(report(C, new SeatReport(0, 3, 1_000, List.of())), 2 * SECOND);
    tick(3);
    moves.reported(
        new NodeReport(
            new NodeReport.Own(A, 1, PauseMark.NONE, 1),
            List.of(),
            List.of(new NodeReport.Handover(0, 3, 2_500_000))),
        3 * SECOND);
    assertThat(moves.history().newestFirst().get(0).report(9 * SECOND))
        .returns(MigrationState.DONE, MigrationReport.Move::state)
        .returns(2_500_000L, MigrationReport.Move::pauseNanos)
        .returns(3_000L, MigrationReport.Move::ageMillis)
        .returns(DigestVerdict.MATCHED, MigrationReport.Move::digest);
    assertThat(steps.get(0).isFirst()).isTrue();
    assertThat(steps)
        .extracting(MoveStep::state)
        .startsWith(MigrationState.INIT, MigrationState.MIGRATING)
        .endsWith(MigrationState.SWITCHING, MigrationState.DONE)
        .doesNotHaveDuplicates();
    assertThat(steps).extracting(MoveStep::seat).as("in which it began").containsOnly(1L);
  }

  @Test
  void saysWhyACopyWasGivenUp() {
    moves.planned(List.of(new Goal(0, List.of(A, C))));
    place(0, 1, A, A, B);
    served(0, 1, CopyState.SCANNING);
    tick(0);
    CopyReport given =
        new CopyReport(C, CopyState.ABORTED, 7, DigestVerdict.DIFFERED, CopyEnd.DIFFERENT);
    moves.reported(report(A, new SeatReport(0, 1, 0, List.of(given))), 0);
    tick(1);
    assertThat(moves.history().newestFirst().get(0).report(SECOND))
        .returns(CopyEnd.DIFFERENT.text(), MigrationReport.Move::reason)
        .returns(DigestVerdict.DIFFERED, MigrationReport.Move::digest);
    assertThat(moves.history().aborted()).isEqualTo(1);
  }

  private List<String> tick(long second) {
    asked.clear();
    moves.tick(table, new Moves.Company(ALL, staying), second * SECOND, requests);
    return List.copyOf(asked);
  }

  private void served(int shard, long seat, CopyState copy) {
    moves.reported(report(A, new SeatReport(shard, seat, 0, List.of(copyTo(C, copy, 0)))), 0);
  }

  private static CopyReport copyTo(NodeId target, CopyState state, long bytes) {
    return new CopyReport(target, state, bytes, DigestVerdict.NOT_YET, CopyEnd.NONE);
  }

  private static NodeReport report(NodeId from, SeatReport... seats) {
    return new NodeReport(
        new NodeReport.Own(from, 1, PauseMark.NONE, 1), List.of(seats), List.of());
  }

  private static Moves.Company company(NodeId... reachable) {
    return new Moves.Company(Set.of(reachable), ALL);
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
