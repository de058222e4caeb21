package io.shardgrid.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shardgrid.key.Charter;
import io.shardgrid.key.Epoch;
import io.shardgrid.key.MemberView;
import io.shardgrid.key.MemberView.Standing;
import io.shardgrid.key.NodeId;
import io.shardgrid.key.PlacementEntry;
import io.shardgrid.placement.RegisterMessage.Accept;
import io.shardgrid.placement.RegisterMessage.Prepare;
import io.shardgrid.placement.RegisterMessage.Refused;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class AuthorityTest {

  private static final int SHARDS = 12;
  private static final Charter CHARTER = new Charter("c", SHARDS, 0, 5);
  private static final NodeId A = new NodeId("a", 1, 1);
  private static final NodeId B = new NodeId("b", 1, 1);
  private static final NodeId C = new NodeId("c", 1, 1);

  private final RecordedEffects effects = new RecordedEffects();
  private long nowMillis;
  private long authorities;

  @Test
  void foundsWhenTheExpectedMembersAreUp() {
    Authority authority = started(3, CHARTER, up(A), up(B));
    assertThat(authority.phase()).isEqualTo(AuthorityPhase.FOUNDING);
    authority.membersChanged(List.of(up(A), up(B), with(C, Standing.JOINING)));
    effects.deliverTo(authority);
    assertThat(authority.phase()).isEqualTo(AuthorityPhase.FOUNDING);
    authority.membersChanged(List.of(up(A), up(B), up(C)));
    effects.deliverTo(authority);
    assertThat(authority.phase()).isEqualTo(AuthorityPhase.GOVERNING);
    assertThat(held(authority)).isEqualTo(Map.of(A, 4, B, 4, C, 4));
    assertThat(effects.placed.keySet()).containsExactlyInAnyOrder(A, B, C);
    assertThat(effects.placed.get(C))
        .isEqualTo(new Placed(1, CHARTER, List.copyOf(authority.placement())));
  }

  @Test
  void expectsMembersOfWeightZeroTooAndPlacesNothingThere() {
    Authority authority = started(3, CHARTER, up(A), up(B));
    assertThat(authority.phase()).isEqualTo(AuthorityPhase.FOUNDING);
    authority.membersChanged(List.of(up(A), up(B), up(C).withWeight(0)));
    effects.deliverTo(authority);
    assertThat(authority.phase()).isEqualTo(AuthorityPhase.GOVERNING);
    assertThat(held(authority)).isEqualTo(Map.of(A, 6, B, 6));
  }

  @Test
  void waitsForAMemberThatMayHoldData() {
    Authority authority = started(1, CHARTER, up(A).withWeight(0));
    tick(authority, 60_000);
    assertThat(authority.phase()).isEqualTo(AuthorityPhase.FOUNDING);
    authority.membersChanged(List.of(up(A).withWeight(0), up(B)));
    effects.deliverTo(authority);
    assertThat(held(authority)).isEqualTo(Map.of(B, 12));
  }

  @Test
  void neverFoundsWithoutACharter() {
    Authority authority = started(1, null, up(A), up(B));
    tick(authority, 60_000);
    assertThat(authority.phase()).isEqualTo(AuthorityPhase.FOUNDING);
    assertThat(effects.commits).isEmpty();
  }

  /** Another may have founded meanwhile, and be gone: nobody else says so. */
  @Test
  void endsWhereAnotherWasPromisedWhileItWaitedToFound() {
    Authority waiting = started(3, CHARTER, up(A), up(B));
    tick(waiting, 60_000);
    assertThat(waiting.phase()).isEqualTo(AuthorityPhase.FOUNDING);
    started(1, CHARTER, up(A), up(B));
    tick(waiting, 60_000);
    assertThat(waiting.phase()).isEqualTo(AuthorityPhase.ENDED);
    assertThat(effects.ends).singleElement().asString().startsWith("a newer authority exists");
  }

  @Test
  void refusesToStartWithoutMembers() {
    assertThatThrownBy(() -> authority(1, CHARTER).start(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void waitsForAPromiseOfEveryMember() {
    effects.silent.add(C);
    Authority authority = started(1, CHARTER, up(A), up(B), up(C));
    tick(authority, 1_000);
    assertThat(authority.phase()).isEqualTo(AuthorityPhase.PREPARING);
    authority.removed(C);
    tick(authority, 200);
    tick(authority, 200);
    assertThat(authority.phase()).isEqualTo(AuthorityPhase.GOVERNING);
  }

  @Test
  void hearsNewcomersBeforeItTrustsARemoval() {
    Authority first = started(2, CHARTER, up(A), up(B));
    effects.silent.add(B);
    Authority second = authority(1, CHARTER);
    second.start(List.of(up(A), up(B)));
    effects.deliverTo(second);
    second.removed(B);
    tick(second, 200);
    assertThat(second.phase()).isEqualTo(AuthorityPhase.PREPARING);
    PlacementEntry later = lostAt(Epoch.of(first.term(), 99));
    effects.register(C).receive(new Accept(1, 1, 9, CHARTER, List.of(later), Memo.NONE));
    second.membersChanged(List.of(up(A), with(C, Standing.JOINING)));
    effects.deliverTo(second);
    tick(second, 200);
    assertThat(second.phase()).isEqualTo(AuthorityPhase.GOVERNING);
    assertThat(second.placement()).contains(later);
  }

  @Test
  void keepsAMemoInThePlaceOfTheOneThatIsNamed() {
    Authority first = started(1, CHARTER, up(A), up(B), up(C));
    assertThat(keep(first, Memo.NONE.stamp(), "one")).isTrue();
    assertThat(keep(first, Memo.NONE.stamp(), "two at once")).isFalse();
    assertThat(effects.memos).isEmpty();
    effects.deliverTo(first);
    Memo one = effects.memos.get(0);
    assertThat(one.text()).isEqualTo("one");
    assertThat(keep(first, Memo.NONE.stamp(), "in the place of another")).isFalse();
    assertThat(keep(first, one.stamp(), "two")).isTrue();
    effects.deliverTo(first);
    Authority second = started(2, null, up(A), up(B), up(C));
    tick(second, 1_000);
    assertThat(Objects.requireNonNull(second.memos()).last().text()).isEqualTo("two");
  }

  private static boolean keep(Authority authority, long over, String text) {
    return Objects.requireNonNull(authority.memos()).keep(over, text);
  }

  @Test
  void tellsNobodyBeforeAMajorityAccepted() {
    Authority authority = started(2, CHARTER, up(A), with(B, Standing.JOINING));
    effects.silent.add(B);
    authority.membersChanged(List.of(up(A), up(B)));
    effects.deliverTo(authority);
    assertThat(effects.register(A).entry(0)).isNotNull();
    assertThat(effects.commits).isEmpty();
    assertThat(effects.placed).isEmpty();
    effects.silent.clear();
    tick(authority, 200);
    assertThat(effects.commits).hasSize(1);
    assertThat(effects.placed).hasSize(2);
  }

  @Test
  void takesATermAboveTheHighestOne() {
    effects.register(B).receive(new Prepare(7, 99));
    Authority authority = started(1, CHARTER, up(A), up(B));
    assertThat(authority.term()).isEqualTo(8);
    assertThat(authority.phase()).isEqualTo(AuthorityPhase.GOVERNING);
  }

  @Test
  void givesUpWhenOthersAreAlwaysPromisedMore() {
    effects.silent.add(A);
    Authority authority = started(1, CHARTER, up(A));
    for (int term : List.of(1, 4, 7)) {
      assertThat(authority.term()).isEqualTo(term);
      authority.refused(A, new Refused(term, 1, term + 2));
      tick(authority, 200);
    }
    assertThat(authority.phase()).isEqualTo(AuthorityPhase.ENDED);
    assertThat(effects.ends).singleElement().asString().contains("attempts=3");
  }

  @Test
  void endsWhenANewerAuthorityWasPromised() {
    Authority authority = started(1, CHARTER, up(A));
    effects.register(A).receive(new Prepare(2, 99));
    tick(authority, 200);
    assertThat(effects.ends).isEmpty();
    tick(authority, 5_000);
    assertThat(authority.phase()).isEqualTo(AuthorityPhase.ENDED);
    assertThat(effects.ends).singleElement().asString().contains("term=1, promised=2");
    authority.membersChanged(List.of(up(A), up(B)));
    assertThat(effects.waiting()).isZero();
  }

  @Test
  void adoptsWhatWasThereAndLosesNothing() {
    Authority first = started(2, CHARTER, up(A), up(B));
    Authority second = authority(2, new Charter("other", SHARDS, 0, 6));
    second.start(List.of(up(A), up(B)));
    effects.deliverTo(second);
    assertThat(second.phase()).isEqualTo(AuthorityPhase.GOVERNING);
    assertThat(List.copyOf(second.placement())).isEqualTo(List.copyOf(first.placement()));
    assertThat(placedTo(A).charter()).isEqualTo(CHARTER);
    assertThat(placedTo(A).term()).isEqualTo(2);
  }

  @Test
  void writesTheTableToNewcomersToo() {
    Authority authority = started(1, CHARTER, up(A));
    authority.membersChanged(List.of(up(A), with(B, Standing.JOINING)));
    effects.deliverTo(authority);
    assertThat(effects.register(B).entry(SHARDS - 1)).isNotNull();
    assertThat(effects.commits).hasSize(1);
  }

  @Test
  void callsShardsLostWhoseOnlyHolderIsGone() {
    Authority authority = started(2, CHARTER, up(A), up(B));
    authority.removed(B);
    effects.deliverTo(authority);
    List<PlacementEntry> lost =
        authority.placement().stream().filter(PlacementEntry::isLost).toList();
    assertThat(lost).hasSize(SHARDS / 2).allMatch(entry -> entry.inSync().isEmpty());
    assertThat(lost).allMatch(entry -> entry.prevSeat() != Epoch.NONE);
    assertThat(effects.commits.get(1)).isEqualTo(lost);
  }

  @Test
  void movesShardsToANewMemberOnceItHasSettled() {
    Authority authority = started(1, CHARTER, up(A));
    authority.reported(report(authority), 0);
    authority.membersChanged(List.of(up(A), up(B)));
    effects.deliverTo(authority);
    tick(authority, 500);
    tick(authority, 500);
    assertThat(effects.copies).isEmpty();
    authority.membersChanged(List.of(up(A), up(B), up(C)));
    for (NodeId node : List.of(B, C)) {
      NodeReport.Own own = new NodeReport.Own(node, 1, PauseMark.NONE, 1);
      authority.reported(new NodeReport(own, List.of(), List.of()), 0);
    }
    tick(authority, 600);
    assertThat(effects.copies).isEmpty();
    for (int i = 0; i < 20; i++) {
      tick(authority, 1_000);
      List<InSyncRequest> copies = List.copyOf(effects.copies);
      effects.copies.clear();
      copies.forEach(copy -> copied(authority, copy));
      authority.reported(report(authority), nowMillis * 1_000_000);
    }
    assertThat(held(authority)).isEqualTo(Map.of(A, 4, B, 4, C, 4));
    assertThat(authority.placement()).allMatch(entry -> entry.inSync().size() == 1);
  }

  /** The copy has ended: its primary asks for the addition. */
  private void copied(Authority authority, InSyncRequest copy) {
    PlacementEntry entry =
        authority.placement().stream()
            .filter(one -> one.shard() == copy.shard())
            .findFirst()
            .orElseThrow();
    authority.requested(List.of(new InSyncRequest(copy.shard(), entry.epoch(), copy.node(), true)));
    effects.deliverTo(authority);
  }

  private static NodeReport report(Authority authority) {
    return new NodeReport(
        new NodeReport.Own(A, 1, PauseMark.NONE, 1),
        authority.placement().stream()
            .map(entry -> new NodeReport.SeatReport(entry.shard(), entry.seat(), 0, List.of()))
            .toList(),
        List.of());
  }

  @Test
  void repeatsPlacedUntilItIsAcknowledgedToItself() {
    Authority authority = started(1, CHARTER, up(A));
    long mark = placedTo(A).highestEpoch();
    effects.placed.clear();
    authority.placedAcknowledged(A, 9, mark);
    tick(authority, 200);
    assertThat(effects.placed).containsKey(A);
    effects.placed.clear();
    authority.placedAcknowledged(A, 1, mark);
    tick(authority, 200);
    assertThat(effects.placed).isEmpty();
  }

  private Authority started(int expect, @Nullable Charter charter, MemberView... members) {
    Authority authority = authority(expect, charter);
    authority.start(List.of(members));
    effects.deliverTo(authority);
    return authority;
  }

  private Authority authority(int expect, @Nullable Charter charter) {
    Duration repeat = Duration.ofMillis(200);
    PlacementSettings settings =
        new PlacementSettings(
            16,
            expect,
            Duration.ofSeconds(1),
            repeat,
            Duration.ofSeconds(4),
            3,
            4,
            Duration.ofSeconds(10),
            Duration.ofSeconds(2));
    authorities++;
    return new Authority(authorities, charter, settings, effects);
  }

  private void tick(Authority authority, long millisLater) {
    nowMillis += millisLater;
    authority.tick(nowMillis * 1_000_000);
    effects.deliverTo(authority);
  }

  private Placed placedTo(NodeId node) {
    Placed placed = effects.placed.get(node);
    return Objects.requireNonNull(placed);
  }

  private static Map<NodeId, Integer> held(Authority authority) {
    PlacementTable table = new PlacementTable();
    table.merge(authority.placement());
    return table.primaries();
  }

  private static PlacementEntry lostAt(long epoch) {
    return new PlacementEntry(0, epoch, epoch, Epoch.of(1, 1), null, List.of());
  }

  private static MemberView up(NodeId id) {
    return with(id, Standing.UP);
  }

  private static MemberView with(NodeId id, Standing standing) {
    return new MemberView(id, id.host(), "z", 1, 9171, 0, 0, standing);
  }
}
