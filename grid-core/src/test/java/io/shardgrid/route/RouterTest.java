package io.shardgrid.route;

import static io.shardgrid.route.RouteFixtures.A;
import static io.shardgrid.route.RouteFixtures.B;
import static io.shardgrid.route.RouteFixtures.MILLI;
import static io.shardgrid.route.RouteFixtures.SETTINGS;
import static io.shardgrid.route.RouteFixtures.bytes;
import static io.shardgrid.route.RouteFixtures.entry;
import static io.shardgrid.route.RouteFixtures.get;
import static io.shardgrid.route.RouteFixtures.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shardgrid.failure.CodecException;
import io.shardgrid.failure.GridOverloadedException;
import io.shardgrid.failure.GridTimeoutException;
import io.shardgrid.failure.GridUnavailableException;
import io.shardgrid.failure.OutcomeUnknownException;
import io.shardgrid.failure.ShardLostException;
import io.shardgrid.key.PlacementEntry;
import io.shardgrid.wire.Answer;
import io.shardgrid.wire.Condition;
import io.shardgrid.wire.Request;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The router over a transport that only records, with a clock in hand. */
final class RouterTest {

  private final RecordingTransport transport = new RecordingTransport();
  private long now = 1_000 * MILLI;
  private final Router router = new Router(SETTINGS, 4, 7, transport, () -> now);

  @Test
  void waitsForPlacementAndWay() {
    RecordingOutcome outcome = submit(1, get("a"));
    router.placed(entry(1, 1, A));
    assertThat(transport.takeSeqs()).isEmpty();
    router.wayOpened(A);
    assertThat(transport.takeSeqs()).containsExactly(1L);
    router.answered(1, 1, Answer.Absent.INSTANCE);
    assertThat(outcome.answer).isEqualTo(Answer.Absent.INSTANCE);
    assertThat(outcome.ends).isEqualTo(1);
  }

  @Test
  void sendsByTheNewestPlacementThatARefusalNames() {
    router.wayOpened(A);
    router.wayOpened(B);
    router.placed(entry(1, 1, A));
    RecordingOutcome outcome = submit(1, get("a"));
    router.answered(1, 1, new Answer.Moved(entry(1, 2, B)));
    assertThat(transport.sent).extracting(RecordingTransport.Sent::node).containsExactly(A, B);
    assertThat(transport.sent.get(1).operation().minEpoch()).isEqualTo(2);
    assertThat(outcome.hasEnded()).isFalse();
    assertThat(router.placement(1)).isEqualTo(entry(1, 2, B));
  }

  @Test
  void sendsAgainOverAWayThatWasMadeAnew() {
    router.wayOpened(A);
    router.placed(entry(1, 1, A));
    submit(1, get("a"));
    submit(1, get("b"));
    assertThat(transport.takeSeqs()).containsExactly(1L, 2L);
    router.wayClosed(A);
    router.wayOpened(A);
    assertThat(transport.takeSeqs()).containsExactly(1L, 2L);
  }

  @Test
  void answersReadsOfItsOwnShardsAtOnce() {
    transport.local = Set.of(A);
    transport.told = Answer.Absent.INSTANCE;
    router.placed(entry(1, 1, A));
    assertThat(submit(1, get("a")).answer).isEqualTo(Answer.Absent.INSTANCE);
    assertThat(transport.executed).isEmpty();
    transport.told = null;
    assertThat(submit(1, get("a")).hasEnded()).as("it may not be told at once").isFalse();
    assertThat(transport.executed).hasSize(1);
  }

  @Test
  void answersNothingBeforeWhatWasAskedBefore() {
    transport.local = Set.of(A);
    router.placed(entry(1, 1, A));
    submit(1, put("a", "1"));
    transport.told = Answer.Absent.INSTANCE;
    transport.asked = 0;
    submit(1, get("a"));
    submit(1, put("a", "2"));
    assertThat(transport.asked).isZero();
    router.answered(1, 1, Answer.Absent.INSTANCE);
    submit(1, get("a"));
    assertThat(transport.asked).as("the others are still under way").isZero();
    router.answered(1, 2, Answer.Absent.INSTANCE);
    router.answered(1, 3, Answer.Absent.INSTANCE);
    router.answered(1, 4, Answer.Absent.INSTANCE);
    submit(1, get("a"));
    assertThat(transport.asked).isOne();
  }

  @Test
  void hasWritesOfItsOwnShardsMadeAtOnce() {
    transport.local = Set.of(A);
    transport.told = Answer.Done.INSTANCE;
    router.placed(entry(1, 1, A));
    assertThat(submit(1, put("a", "1")).answer).isEqualTo(Answer.Done.INSTANCE);
    assertThat(transport.executed).isEmpty();
    submit(1, put("a", "1".repeat((int) SETTINGS.requestBytesMax())));
    assertThat(transport.asked).as("one that is too large is refused").isOne();
  }

  @Test
  void triesNoWriteAtOnceThatABackupHasToHave() {
    transport.local = Set.of(A);
    transport.told = Answer.Done.INSTANCE;
    router.placed(new PlacementEntry(1, 1, 1, 0, A, List.of(A, B)));
    submit(1, put("a", "1"));
    assertThat(transport.asked).isZero();
    assertThat(transport.executed).hasSize(1);
  }

  /** It may be carried out yet; only a write with a higher number keeps the shard from that. */
  @Test
  void makesNoWriteAtOnceBehindOneThatIsInDoubt() {
    transport.local = Set.of(A);
    router.placed(entry(1, 1, A));
    RecordingOutcome lost = submit(1, put("a", "1"));
    now += 6_000 * MILLI;
    router.tick();
    assertThat(lost.failure).isInstanceOf(OutcomeUnknownException.class);
    transport.told = Answer.Done.INSTANCE;
    assertThat(submit(1, get("a")).hasEnded()).as("it may be read").isTrue();
    assertThat(submit(1, put("a", "2")).hasEnded()).isFalse();
    assertThat(transport.executed).hasSize(2);
    router.answered(1, 2, Answer.Done.INSTANCE);
    assertThat(submit(1, put("a", "3")).hasEnded()).isTrue();
    assertThat(transport.executed).hasSize(2);
  }

  @Test
  void asksNoOtherNodesShardAtOnce() {
    transport.told = Answer.Absent.INSTANCE;
    router.wayOpened(B);
    router.placed(entry(1, 1, B));
    submit(1, get("a"));
    router.close();
    transport.local = Set.of(B);
    assertThat(submit(1, get("a")).failure).isInstanceOf(GridUnavailableException.class);
    assertThat(transport.asked).isZero();
  }

  @Test
  void triesAgainWithATickWhenTheWayIsFull() {
    router.wayOpened(A);
    router.placed(entry(1, 1, A));
    transport.isFull = true;
    submit(1, get("a"));
    transport.isFull = false;
    router.tick();
    assertThat(transport.takeSeqs()).isEmpty();
    now += 2 * MILLI;
    router.tick();
    assertThat(transport.takeSeqs()).containsExactly(1L);
  }

  @Test
  void handsOverToThisProcessWithoutAWay() {
    transport.local = Set.of(A);
    router.placed(entry(1, 1, A));
    submit(1, get("a"));
    assertThat(transport.executed).hasSize(1);
    assertThat(transport.sent).isEmpty();
  }

  @Test
  void saysThatNothingWasDoneWhenNothingWasSent() {
    router.placed(entry(1, 1, A));
    RecordingOutcome outcome = submit(1, get("a"));
    now += 5_000 * MILLI;
    router.tick();
    assertThat(outcome.failure)
        .isInstanceOf(GridTimeoutException.class)
        .hasMessageContainingAll("map=towns", "GET", "shard=1", "a:1", "not connected", "5000 ms");
  }

  @Test
  void saysThatTheOutcomeIsUnknownWhenThereWasNoAnswer() {
    router.wayOpened(A);
    router.placed(entry(1, 1, A));
    RecordingOutcome outcome = submit(1, put("a", "1"));
    now += 5_000 * MILLI;
    router.tick();
    assertThat(outcome.failure)
        .isInstanceOf(OutcomeUnknownException.class)
        .hasMessageContainingAll("PUT", "attempts=1");
    router.answered(1, 1, Answer.Done.INSTANCE);
    assertThat(outcome.ends).isEqualTo(1);
  }

  @Test
  void saysThatThereIsNoPlacement() {
    RecordingOutcome outcome = submit(1, get("a"));
    now += 5_000 * MILLI;
    router.tick();
    assertThat(outcome.failure)
        .isInstanceOf(GridUnavailableException.class)
        .hasMessageContaining("No placement");
  }

  @Test
  void endsOperationsOfALostShardAndRefusesNewOnes() {
    RecordingOutcome before = submit(1, get("a"));
    router.placed(entry(1, 1, null));
    RecordingOutcome after = submit(1, get("a"));
    assertThat(before.failure).isInstanceOf(ShardLostException.class);
    assertThat(after.failure)
        .isInstanceOf(ShardLostException.class)
        .hasMessageContaining("shard=1");
    router.placed(entry(1, 2, A));
    router.wayOpened(A);
    submit(1, get("a"));
    assertThat(transport.takeSeqs()).containsExactly(2L);
  }

  @Test
  void refusesMoreThanMayWait() {
    for (int i = 0; i < SETTINGS.waitingMax(); i++) {
      assertThat(submit(1, get("a")).hasEnded()).isFalse();
    }
    assertThat(submit(1, get("a")).failure)
        .isInstanceOf(GridOverloadedException.class)
        .hasMessageContaining("grid.route.waiting-max=8");
    assertThat(submit(2, get("a")).hasEnded()).isFalse();
  }

  @Test
  void refusesMoreThanMayWaitInAllShardsTogether() {
    Router narrow =
        new Router(RouteFixtures.within(64, WhenFull.REFUSE), 256, 7, transport, () -> now);
    int taken = 0;
    RecordingOutcome last = new RecordingOutcome();
    for (int i = 0; i < 40 && !last.hasEnded(); i++) {
      for (int shard = 0; shard < 5 && !last.hasEnded(); shard++) {
        narrow.submit("m", shard, get("a"), 5_000 * MILLI, last);
        taken += last.hasEnded() ? 0 : 1;
      }
    }
    assertThat(taken).as("16 of each shard beside the bound").isEqualTo(64 + 5 * 16);
    assertThat(last.failure)
        .isInstanceOf(GridOverloadedException.class)
        .hasMessageContaining("grid.route.operations-max=64");
  }

  @Test
  void refusesAnOperationThatIsTooLarge() {
    assertThat(submit(1, put("a", "v".repeat(5_000))).failure)
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("grid.route.request-bytes-max=5000");
    // Keys and expected values count as well.
    assertThat(submit(1, get("k".repeat(5_000))).failure).isInstanceOf(CodecException.class);
    Condition large = Condition.valueIs(bytes("v".repeat(5_000)));
    assertThat(submit(1, new Request.Remove(bytes("a"), large, false)).failure)
        .isInstanceOf(CodecException.class);
  }

  @Test
  void endsEverythingWhenItIsClosed() {
    router.wayOpened(A);
    router.placed(entry(1, 1, A));
    RecordingOutcome sent = submit(1, get("a"));
    RecordingOutcome unsent = submit(2, get("a"));
    router.close();
    RecordingOutcome late = submit(1, get("a"));
    assertThat(sent.failure).isInstanceOf(OutcomeUnknownException.class);
    assertThat(unsent.failure).isInstanceOf(GridUnavailableException.class);
    assertThat(late.failure).isInstanceOf(GridUnavailableException.class);
  }

  @Test
  void goesOnAfterATransportThatFailed() {
    router.wayOpened(A);
    router.placed(entry(1, 1, A));
    transport.bug = new IllegalStateException("a bug");
    assertThatThrownBy(() -> submit(1, get("a"))).isSameAs(transport.bug);
    transport.bug = null;
    submit(1, get("b"));
    assertThat(transport.takeSeqs()).endsWith(2L);
  }

  @Test
  void knowsWhetherEveryShardIsPlaced() {
    for (int shard = 0; shard < 4; shard++) {
      assertThat(router.isPlaced()).isFalse();
      router.placed(entry(shard, 1, A));
    }
    assertThat(router.isPlaced()).isTrue();
  }

  private RecordingOutcome submit(int shard, Request request) {
    RecordingOutcome outcome = new RecordingOutcome();
    router.submit("towns", shard, request, 5_000 * MILLI, outcome);
    return outcome;
  }
}
