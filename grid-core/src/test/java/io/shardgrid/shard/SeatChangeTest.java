package io.shardgrid.shard;

import static io.shardgrid.shard.Shell.A;
import static io.shardgrid.shard.Shell.B;
import static io.shardgrid.shard.Shell.C;
import static io.shardgrid.shard.Shell.SEAT;
import static io.shardgrid.shard.Shell.get;
import static io.shardgrid.shard.Shell.placement;
import static io.shardgrid.shard.Shell.put;
import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.key.Epoch;
import io.shardgrid.key.PlacementEntry;
import io.shardgrid.wire.Answer;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SeatChangeTest {

  private static final PlacementEntry ON_A = placement(SEAT, Epoch.NONE, A);
  private static final PlacementEntry ON_B = placement(Epoch.of(1, 2), SEAT, B);
  private static final PlacementEntry BACK_ON_A = placement(Epoch.of(1, 3), ON_B.seat(), A);
  private static final PlacementEntry ON_C = placement(Epoch.of(1, 3), ON_B.seat(), C);
  private static final PlacementEntry AGAIN_ON_A = placement(Epoch.of(1, 4), ON_C.seat(), A);

  private final Shell a = new Shell(A);
  private final Shell b = new Shell(B);
  private final Shell c = new Shell(C);

  SeatChangeTest() {
    a.place(ON_A);
    b.place(ON_A);
    c.place(ON_A);
  }

  @Test
  void foundsTheFirstSeat() {
    assertThat(a.taken).containsExactly(ON_A);
    assertThat(b.isActing()).isFalse();
  }

  @Test
  void passesAnUnwrittenShardOn() {
    a.place(ON_B);
    assertThat(a.yields)
        .containsExactly(new Shell.Sent(B, new Yield(Shell.SHARD, SEAT, ON_B.seat(), 0, A)));
    b.place(ON_B);
    assertThat(b.isActing()).as("waits for the right").isFalse();
    carry();
    assertThat(b.taken).containsExactly(ON_B);
    a.yields.clear();
    a.tick();
    assertThat(a.yields).as("it was acknowledged").isEmpty();
    b.minEpoch = ON_B.seat();
    assertThat(b.ask(put("k", "v"))).isInstanceOf(Answer.Stored.class);
    assertThat(a.ask(get("k"))).isEqualTo(new Answer.Moved(ON_B));
  }

  @Test
  void takesARightThatComesBeforeThePlacement() {
    a.place(ON_B);
    carry();
    assertThat(b.isActing()).isFalse();
    b.place(ON_B);
    assertThat(b.isActing()).isTrue();
    assertThat(b.acknowledgements).hasSize(1);
  }

  @Test
  void holdsOperationsUntilItActs() {
    b.place(ON_B);
    b.minEpoch = ON_B.seat();
    assertThat(b.tell(put("k", "1"))).isNull();
    assertThat(b.tell(put("k", "2"))).isNull();
    a.place(ON_B);
    carry();
    assertThat(b.answeredSeqs()).containsExactly(1L, 2L);
    assertThat(b.read("k")).isEqualTo("2");
  }

  @Test
  void refusesASeatWhoseDataItLacksAndTheOldPrimaryKeepsAll() {
    a.ask(put("k", "v"));
    a.place(ON_B);
    b.place(ON_B);
    carry();
    carry();
    assertThat(b.refused).as("said once").containsExactly(new Shell.Refused(ON_B, A, 1));
    assertThat(b.isActing()).isFalse();
    assertThat(a.replica.survey().entries()).isEqualTo(1);
    b.minEpoch = ON_B.seat();
    assertThat(b.tell(get("k"))).isNull();

    b.place(BACK_ON_A);
    assertThat(b.answerKinds()).containsExactly(Answer.Kind.MOVED);
    a.place(BACK_ON_A);
    carry();
    assertThat(a.taken).containsExactly(ON_A, BACK_ON_A);
    a.minEpoch = BACK_ON_A.seat();
    assertThat(a.read("k")).isEqualTo("v");
    assertThat(a.ask(put("k", "w"))).isEqualTo(new Answer.Stored(true, 2, null));
    assertNothingIsRepeated();
  }

  @Test
  void passesTheRightOnOverASeatThatNobodyTook() {
    a.place(ON_B);
    b.place(ON_B);
    b.place(ON_C);
    c.place(ON_C);
    carry();
    assertThat(b.taken).isEmpty();
    assertThat(c.taken).containsExactly(ON_C);
    carry();
    assertNothingIsRepeated();
  }

  @Test
  void passesTheRightOnOverASeatThatItsNodeNeverHeardOf() {
    a.place(ON_B);
    b.place(ON_C);
    c.place(ON_C);
    carry();
    assertThat(c.taken).containsExactly(ON_C);
    assertThat(c.isActing()).isTrue();
  }

  @Test
  void passesTheRightOnOverASeatThatTheOldPrimaryNeverHeardOf() {
    b.place(ON_B);
    b.place(ON_C);
    c.place(ON_C);
    a.place(ON_C);
    carry();
    assertThat(c.isActing()).isTrue();
  }

  @Test
  void bringsTheRightBackThroughSeveralSeatsWithTheLengthOfTheData() {
    a.ask(put("k", "v"));
    a.place(ON_B);
    b.place(ON_C);
    c.place(ON_C);
    carry();
    assertThat(c.refused).containsExactly(new Shell.Refused(ON_C, A, 1));
    b.place(AGAIN_ON_A);
    c.place(AGAIN_ON_A);
    a.place(AGAIN_ON_A);
    carry();
    a.minEpoch = AGAIN_ON_A.seat();
    assertThat(a.read("k")).isEqualTo("v");
    assertNothingIsRepeated();
  }

  @Test
  void doesNotWaitForTheRightWhenItHasTheOnlyCopy() {
    a.ask(put("k", "v"));
    a.place(ON_B);
    a.place(BACK_ON_A);
    assertThat(a.isActing()).as("whatever became of B").isTrue();
  }

  @Test
  void waitsForTheRightWhenAnotherMayHaveWritten() {
    a.place(ON_B);
    b.place(ON_B);
    carry();
    b.minEpoch = ON_B.seat();
    b.ask(put("k", "v"));
    a.place(BACK_ON_A);
    assertThat(a.isActing()).isFalse();
    b.place(BACK_ON_A);
    carry();
    assertThat(a.isActing()).isFalse();
    assertThat(a.refused).containsExactly(new Shell.Refused(BACK_ON_A, B, 1));
    assertThat(b.replica.survey().entries()).isEqualTo(1);
  }

  @Test
  void countsARightOnce() {
    a.place(ON_B);
    Yield first = a.yields.get(0).yield();
    b.place(ON_B);
    b.yielded(A, first);
    b.place(BACK_ON_A);
    b.yielded(A, first);
    assertThat(b.isActing()).isFalse();
    assertThat(b.acknowledgements).hasSize(2);
    a.place(BACK_ON_A);
    carry();
    assertThat(a.isActing()).isTrue();
    b.yielded(A, first);
    assertThat(b.isActing()).isFalse();
  }

  @Test
  void keepsItsDataWhenTheShardIsSaidToBeLost() {
    a.ask(put("k", "v"));
    PlacementEntry lost = placement(Epoch.of(1, 2), SEAT, null);
    a.place(lost);
    assertThat(a.isActing()).isFalse();
    a.place(placement(Epoch.of(1, 3), lost.seat(), A));
    a.minEpoch = Epoch.of(1, 3);
    assertThat(a.read("k")).isEqualTo("v");
  }

  /** Brings every yield and acknowledgement to its node, until there are none. */
  private void carry() {
    boolean isMoving = true;
    while (isMoving) {
      isMoving = carryFrom(a) || carryFrom(b) || carryFrom(c);
    }
  }

  private boolean carryFrom(Shell from) {
    List<Shell.Sent> yields = List.copyOf(from.yields);
    List<Shell.Sent> acknowledgements = List.copyOf(from.acknowledgements);
    from.yields.clear();
    from.acknowledgements.clear();
    yields.forEach(sent -> shell(sent).yielded(from.self, sent.yield()));
    acknowledgements.forEach(
        sent -> shell(sent).replica.yieldAcknowledged(sent.yield(), shell(sent)));
    return !yields.isEmpty() || !acknowledgements.isEmpty();
  }

  private Shell shell(Shell.Sent sent) {
    return sent.to().equals(A) ? a : sent.to().equals(B) ? b : c;
  }

  private void assertNothingIsRepeated() {
    for (Shell shell : List.of(a, b, c)) {
      shell.tick();
    }
    carry();
    for (Shell shell : List.of(a, b, c)) {
      shell.tick();
      assertThat(shell.yields).isEmpty();
    }
  }
}
