package io.shardgrid.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.key.Charter;
import io.shardgrid.key.MemberView;
import io.shardgrid.key.MemberView.Standing;
import io.shardgrid.key.MigrationOrder;
import io.shardgrid.key.MigrationReport;
import io.shardgrid.key.NodeId;
import io.shardgrid.key.PlanReport.PlannedMove;
import io.shardgrid.key.SteerReport;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class SteeringTest {

  private static final int SHARDS = 12;
  private static final NodeId A = new NodeId("a", 1, 1);
  private static final NodeId B = new NodeId("b", 1, 1);
  private static final NodeId C = new NodeId("c", 1, 1);
  private static final PauseMark OLD_PAUSE = new PauseMark(1, true);

  private final RecordedEffects effects = new RecordedEffects();
  private long nowMillis;
  private Authority authority = authority(1);

  @Test
  void isThereWhileAnAuthorityGoverns() {
    assertThat(authority.steering()).isNull();
    found(A, B);
    assertThat(authority.steering()).isNotNull();
  }

  @Test
  void pausesAndResumesAndTellsTheMembers() {
    found(A);
    join(A, B);
    steer(MigrationOrder.PAUSE);
    report(A, 1, PauseMark.NONE);
    report(B, 1, PauseMark.NONE);
    tick(3_000);
    assertThat(effects.copies).isEmpty();
    assertThat(effects.pauses.keySet()).containsExactlyInAnyOrder(A, B);
    PauseMark told = Objects.requireNonNull(effects.pauses.get(B));
    assertThat(told.isPaused()).isTrue();
    effects.pauses.clear();
    report(B, 1, told);
    assertThat(effects.pauses).as("it knows").isEmpty();
    SteerReport report = steer(MigrationOrder.RESUME);
    assertThat(report.report().isPaused()).isFalse();
    assertThat(report.report().totals().waiting()).isPositive();
    tick(1_000);
    assertThat(effects.copies).isNotEmpty();
  }

  @Test
  void learnsOfAPauseThatAnEarlierAuthorityTook() {
    found(A);
    join(A, B);
    report(A, 1, OLD_PAUSE);
    report(B, 1, PauseMark.NONE);
    tick(3_000);
    assertThat(effects.copies).isEmpty();
    assertThat(steer(MigrationOrder.LOOK).report().isPaused()).isTrue();
    assertThat(effects.pauses).containsEntry(B, OLD_PAUSE);
  }

  @Test
  void plansNothingBeforeTheMembersHaveToldTheirWeights() {
    found(A, B);
    report(A, 1, PauseMark.NONE);
    report(B, 1, PauseMark.NONE);
    tick(2_000);
    authority = authority(2);
    authority.start(List.of(up(A), up(B)));
    effects.deliverTo(authority);
    report(A, 1, PauseMark.NONE);
    tick(3_000);
    assertThat(open()).as("B may have another weight").isZero();
    report(B, 0, PauseMark.NONE);
    tick(2_000);
    assertThat(open()).isEqualTo(SHARDS / 2);
  }

  @Test
  void plansWithoutTheWordOfAMemberThatSaysNothingForLong() {
    found(A, B);
    authority = authority(2);
    authority.start(List.of(up(A), up(B), up(C)));
    effects.deliverTo(authority);
    report(A, 1, PauseMark.NONE);
    report(B, 1, PauseMark.NONE);
    tick(9_000);
    assertThat(open()).isZero();
    tick(3_000);
    assertThat(open()).isPositive();
  }

  @Test
  void takesUpAWeightThatChanges() {
    found(A, B);
    report(A, 1, PauseMark.NONE);
    report(B, 1, PauseMark.NONE);
    tick(2_000);
    assertThat(open()).isZero();
    report(B, 0, PauseMark.NONE);
    authority.membersChanged(List.of(up(A), up(B)));
    tick(2_000);
    assertThat(open()).isEqualTo(SHARDS / 2);
    assertThat(authority.hasTaker()).isTrue();
    report(A, 0, PauseMark.NONE);
    assertThat(authority.hasTaker()).isFalse();
  }

  @Test
  void cancelsEverythingUntilItIsStartedAgain() {
    found(A);
    join(A, B);
    report(A, 1, PauseMark.NONE);
    report(B, 1, PauseMark.NONE);
    tick(2_000);
    int open = open();
    SteerReport report = steer(MigrationOrder.CANCEL);
    assertThat(report.cancelled()).hasSize(SHARDS / 2);
    assertThat(report.refused()).isEmpty();
    effects.copies.clear();
    tick(2_000);
    assertThat(effects.copies).isEmpty();
    assertThat(effects.recalls).hasSize(4);
    assertThat(steer(MigrationOrder.LOOK).report().totals().cancelled()).isEqualTo(SHARDS / 2);
    assertThat(steer(MigrationOrder.LOOK).report().totals().aborted()).isEqualTo(4);
    steer(MigrationOrder.START);
    tick(1_000);
    assertThat(effects.copies).isNotEmpty();
    assertThat(open()).isEqualTo(open);
  }

  @Test
  void saysWhichShardsHaveNothingToCancel() {
    found(A, B);
    SteerReport report =
        Objects.requireNonNull(authority.steering())
            .steer(MigrationOrder.CANCEL, List.of(5, 3), nanos());
    assertThat(report.cancelled()).isEmpty();
    assertThat(report.refused()).containsExactly(3, 5);
  }

  @Test
  void answersWhatWouldBeDoneAndDoesNotDoIt() {
    found(A, B);
    report(A, 1, PauseMark.NONE);
    report(B, 1, PauseMark.NONE);
    tick(2_000);
    Steering steering = Objects.requireNonNull(authority.steering());
    assertThat(steering.plan(Map.of()).moves()).isEmpty();
    assertThat(steering.plan(Map.of(B, 0)).moves())
        .hasSize(SHARDS / 2)
        .allMatch(move -> move.target().equals(A))
        .allMatch(PlannedMove::isCopied);
    assertThat(steering.plan(Map.of(B, 3)).moves()).hasSize(3);
    tick(2_000);
    assertThat(effects.copies).isEmpty();
  }

  private int open() {
    MigrationReport.Totals totals = steer(MigrationOrder.LOOK).report().totals();
    return totals.waiting() + totals.running();
  }

  private SteerReport steer(MigrationOrder order) {
    return Objects.requireNonNull(authority.steering()).steer(order, List.of(), nanos());
  }

  private void found(NodeId... members) {
    authority.start(Stream.of(members).map(SteeringTest::up).toList());
    effects.deliverTo(authority);
  }

  private void join(NodeId... members) {
    authority.membersChanged(Stream.of(members).map(SteeringTest::up).toList());
    effects.deliverTo(authority);
  }

  private void report(NodeId from, int weight, PauseMark pause) {
    List<NodeReport.SeatReport> seats =
        authority.placement().stream()
            .filter(entry -> from.equals(entry.primary()))
            .map(entry -> new NodeReport.SeatReport(entry.shard(), entry.seat(), 9, List.of()))
            .toList();
    authority.reported(
        new NodeReport(new NodeReport.Own(from, weight, pause, 7), seats, List.of()), nanos());
  }

  private void tick(long millis) {
    for (long end = nowMillis + millis; nowMillis < end; ) {
      nowMillis += 100;
      authority.tick(nanos());
      effects.deliverTo(authority);
    }
  }

  private long nanos() {
    return nowMillis * 1_000_000;
  }

  private Authority authority(long number) {
    return new Authority(
        number,
        new Charter("c", SHARDS, 0, 5),
        new PlacementSettings(
            16,
            1,
            Duration.ofSeconds(1),
            Duration.ofMillis(200),
            Duration.ofSeconds(60),
            3,
            4,
            Duration.ofSeconds(60),
            Duration.ofSeconds(2)),
        effects);
  }

  private static MemberView up(NodeId id) {
    return new MemberView(id, id.host(), "z", 1, 9171, 0, 0, Standing.UP);
  }
}
