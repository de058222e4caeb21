package io.shardgrid.route;

import static io.shardgrid.route.RouteFixtures.A;
import static io.shardgrid.route.RouteFixtures.B;
import static io.shardgrid.route.RouteFixtures.MILLI;
import static io.shardgrid.route.RouteFixtures.SETTINGS;
import static io.shardgrid.route.RouteFixtures.entry;
import static io.shardgrid.route.RouteFixtures.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.wire.Answer;
import io.shardgrid.wire.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** One shard's rules of order, resending, windows, pauses and deadlines. */
final class ShardRouteTest {

  private static final Answer OK = Answer.Done.INSTANCE;
  private static final Answer LATER = new Answer.Later("full");
  private static final long CLIENT = 7;

  private final ShardRoute route = new ShardRoute(3, SETTINGS, new Capacity(1_000, Long.MAX_VALUE));
  private long now = 1_000 * MILLI;

  @Test
  void sendsNothingWithoutAPlacementOrAWay() {
    add(1);
    assertThat(sendAll()).isEmpty();
    route.placed(entry(3, 1, A), false);
    assertThat(sendAll()).isEmpty();
    route.wayOpened(B);
    assertThat(sendAll()).isEmpty();
    route.wayOpened(A);
    assertThat(sendAll()).containsExactly(1L);
  }

  @Test
  void sendsInOrderWithWhatTheShardHasToKnow() {
    route.placed(entry(3, 5, A), true);
    add(3);
    now += 2 * MILLI;
    Operation first = sendOne();
    assertThat(first.seq()).isEqualTo(1);
    assertThat(first.doneBelow()).isEqualTo(1);
    assertThat(first.minEpoch()).isEqualTo(5);
    assertThat(first.ageMillis()).isEqualTo(2);
    assertThat(first.shard()).isEqualTo(3);
    assertThat(first.client()).isEqualTo(CLIENT);
    assertThat(sendAll()).containsExactly(2L, 3L);
    route.answered(1, OK, now);
    route.answered(3, OK, now);
    add(1);
    assertThat(sendOne().doneBelow()).isEqualTo(2);
  }

  @Test
  void keepsAtMostAWindowUnderWay() {
    route.placed(entry(3, 1, A), true);
    add(6);
    assertThat(sendAll()).containsExactly(1L, 2L, 3L, 4L);
    route.answered(2, OK, now);
    assertThat(sendAll()).isEmpty();
    route.answered(1, OK, now);
    assertThat(sendAll()).containsExactly(5L, 6L);
  }

  @Test
  void hasRoomForABoundedNumberAndBoundedBytes() {
    add(SETTINGS.waitingMax());
    assertThat(route.hasRoom(1)).isFalse();
    ShardRoute other = new ShardRoute(3, SETTINGS, new Capacity(1_000, Long.MAX_VALUE));
    assertThat(other.hasRoom(Long.MAX_VALUE / 2)).isTrue();
    other.add(pending(SETTINGS.waitingBytesMax() - 1));
    assertThat(other.hasRoom(1)).isTrue();
    assertThat(other.hasRoom(2)).isFalse();
  }

  @Test
  void sendsAllAgainByANewerPlacement() {
    route.placed(entry(3, 1, A), true);
    add(3);
    sendAll();
    assertThat(route.placed(entry(3, 1, B), true)).isFalse();
    assertThat(sendAll()).isEmpty();
    assertThat(route.placed(entry(3, 2, B), true)).isTrue();
    assertThat(sendAll()).containsExactly(1L, 2L, 3L);
    assertThat(route.placed(entry(3, 1, A), true)).isFalse();
    assertThat(route.primary()).isEqualTo(B);
  }

  @Test
  void sendsAllAgainOverANewWay() {
    route.placed(entry(3, 1, A), true);
    add(3);
    sendAll();
    route.answered(2, OK, now);
    route.wayClosed(B);
    assertThat(sendAll()).isEmpty();
    route.wayClosed(A);
    add(1);
    assertThat(sendAll()).isEmpty();
    route.wayOpened(A);
    assertThat(sendAll()).containsExactly(1L, 3L, 4L);
  }

  @Test
  void sendsAllAgainAfterAPauseWhenOneIsRefusedForLater() {
    route.placed(entry(3, 1, A), true);
    add(3);
    sendAll();
    assertThat(route.answered(2, LATER, now)).isNull();
    assertThat(sendAll()).isEmpty();
    now += 2 * MILLI;
    assertThat(sendAll()).containsExactly(1L, 2L, 3L);
  }

  @Test
  void pausesLongerFromRefusalToRefusalUpToABound() {
    route.placed(entry(3, 1, A), true);
    add(1);
    for (long pause : new long[] {2, 4, 8, 16, 16}) {
      assertThat(sendAll()).containsExactly(1L);
      route.answered(1, LATER, now);
      now += pause * MILLI - 1;
      assertThat(sendAll()).isEmpty();
      now += 1;
    }
  }

  @Test
  void doesNotCutAPauseShortForAnAnswerThatWasUnderWay() {
    route.placed(entry(3, 1, A), true);
    add(4);
    sendAll();
    route.answered(2, LATER, now);
    assertThat(route.answered(1, OK, now)).isNotNull();
    assertThat(sendAll()).isEmpty();
    now += 2 * MILLI;
    assertThat(sendAll()).containsExactly(2L, 3L, 4L);
  }

  @Test
  void beginsWithTheShortestPauseAgainAfterASuccess() {
    route.placed(entry(3, 1, A), true);
    add(2);
    sendAll();
    route.answered(1, LATER, now);
    now += 2 * MILLI;
    sendAll();
    route.answered(1, OK, now);
    route.answered(2, LATER, now);
    now += 2 * MILLI;
    assertThat(sendAll()).containsExactly(2L);
  }

  @Test
  void triesTheSameAgainAfterAPauseWhenTheWayIsFull() {
    route.placed(entry(3, 1, A), true);
    add(2);
    Operation first = sendOne();
    route.notSent(first.seq(), now);
    assertThat(sendAll()).isEmpty();
    now += 2 * MILLI;
    assertThat(sendAll()).containsExactly(1L, 2L);
  }

  @Test
  void knowsWhatWasNeverCarriedOut() {
    route.placed(entry(3, 1, A), true);
    add(2);
    Operation first = sendOne();
    route.notSent(first.seq(), now);
    now += 2 * MILLI;
    sendAll();
    route.answered(2, LATER, now);
    now += 5_000 * MILLI;
    List<Pending> ended = expire();
    assertThat(ended).extracting(pending -> pending.seq).containsExactly(1L, 2L);
    assertThat(ended).extracting(Pending::isInDoubt).containsExactly(true, false);
  }

  @Test
  void leavesARefusalByAnOlderPlacementAlone() {
    route.placed(entry(3, 1, A), true);
    add(2);
    sendAll();
    route.placed(entry(3, 2, B), true);
    assertThat(sendAll()).containsExactly(1L, 2L);
    route.answered(1, new Answer.Moved(entry(3, 2, B)), now);
    route.answered(2, new Answer.Moved(entry(3, 2, B)), now);
    now += 100 * MILLI;
    assertThat(sendAll()).isEmpty();
  }

  @Test
  void sendsAgainWhenTheOnlyAttemptIsRefusedByTheKnownPlacement() {
    route.placed(entry(3, 1, A), true);
    add(2);
    sendAll();
    route.answered(1, new Answer.Moved(entry(3, 1, A)), now);
    assertThat(sendAll()).isEmpty();
    now += 2 * MILLI;
    assertThat(sendAll()).containsExactly(1L, 2L);
  }

  @Test
  void sendsAgainWhenAllAttemptsButALostOneAreRefused() {
    route.placed(entry(3, 1, A), true);
    add(1);
    sendAll();
    route.wayClosed(A);
    route.wayOpened(A);
    assertThat(sendAll()).containsExactly(1L);
    route.answered(1, new Answer.Moved(entry(3, 1, A)), now);
    now += 2 * MILLI;
    assertThat(sendAll()).containsExactly(1L);
    now += 5_000 * MILLI;
    assertThat(expire()).extracting(Pending::isInDoubt).containsExactly(true);
  }

  @Test
  void ignoresAnswersToWhatHasEnded() {
    route.placed(entry(3, 1, A), true);
    add(1);
    sendAll();
    assertThat(route.answered(1, OK, now)).isNotNull();
    assertThat(route.answered(1, OK, now)).isNull();
    assertThat(route.answered(1, LATER, now)).isNull();
    assertThat(route.answered(99, OK, now)).isNull();
    assertThat(route.answered(0, OK, now)).isNull();
    add(1);
    assertThat(sendAll()).containsExactly(2L);
  }

  @Test
  void endsWhatIsPastItsDeadlineAndNothingElse() {
    route.add(pending(1, now + 50 * MILLI));
    route.add(pending(1, now + 20 * MILLI));
    route.add(pending(1, now + 30 * MILLI));
    now += 20 * MILLI - 1;
    assertThat(expire()).isEmpty();
    now += 1;
    assertThat(expire()).extracting(pending -> pending.seq).containsExactly(2L);
    now += 10 * MILLI;
    assertThat(expire()).extracting(pending -> pending.seq).containsExactly(3L);
    route.placed(entry(3, 1, A), true);
    assertThat(sendAll()).containsExactly(1L);
    now += 20 * MILLI;
    assertThat(expire()).extracting(pending -> pending.seq).containsExactly(1L);
    assertThat(route.hasUnsent()).isFalse();
  }

  @Test
  void takesNoResultAtTheDeadlineOrLater() {
    route.placed(entry(3, 1, A), true);
    route.add(pending(1, now + 20 * MILLI));
    sendAll();
    now += 20 * MILLI;
    assertThat(route.answered(1, OK, now)).isNull();
    assertThat(expire()).singleElement().matches(Pending::isInDoubt);
  }

  @Test
  void countsARefusalThatComesTooLate() {
    route.placed(entry(3, 1, A), true);
    route.add(pending(1, now + 20 * MILLI));
    sendAll();
    now += 20 * MILLI;
    route.answered(1, LATER, now);
    assertThat(expire()).singleElement().matches(pending -> !pending.isInDoubt());
  }

  @Test
  void measuresDeadlinesOverTheClocksWrap() {
    now = Long.MAX_VALUE - 10 * MILLI;
    route.add(pending(1, now + 20 * MILLI));
    assertThat(expire()).isEmpty();
    now += 20 * MILLI;
    assertThat(expire()).hasSize(1);
  }

  @Test
  void endsEverythingOnDemand() {
    route.placed(entry(3, 1, A), true);
    add(5);
    sendAll();
    route.answered(3, OK, now);
    List<Pending> ended = new ArrayList<>();
    route.endAll(ended::add);
    assertThat(ended).extracting(pending -> pending.seq).containsExactly(1L, 2L, 4L, 5L);
    assertThat(route.hasRoom(SETTINGS.waitingBytesMax())).isTrue();
    assertThat(sendAll()).isEmpty();
  }

  @Test
  void sendsNothingOfALostShard() {
    route.placed(entry(3, 1, A), true);
    route.placed(entry(3, 2, null), false);
    assertThat(route.isLost()).isTrue();
    add(1);
    assertThat(sendAll()).isEmpty();
    route.placed(entry(3, 3, B), true);
    assertThat(sendAll()).containsExactly(1L);
  }

  private void add(int count) {
    for (int i = 0; i < count; i++) {
      route.add(pending(1));
    }
  }

  private Pending pending(long bytes) {
    return pending(bytes, now + 5_000 * MILLI);
  }

  private Pending pending(long bytes, long deadlineNanos) {
    return new Pending("map", get("key"), new RecordingOutcome(), bytes, now, deadlineNanos);
  }

  private Operation sendOne() {
    return Objects.requireNonNull(route.next(now, CLIENT), "nothing to send");
  }

  private List<Long> sendAll() {
    List<Long> seqs = new ArrayList<>();
    for (Operation next = route.next(now, CLIENT); next != null; next = route.next(now, CLIENT)) {
      seqs.add(next.seq());
    }
    return seqs;
  }

  private List<Pending> expire() {
    List<Pending> ended = new ArrayList<>();
    route.expire(now, ended::add);
    return ended;
  }
}
