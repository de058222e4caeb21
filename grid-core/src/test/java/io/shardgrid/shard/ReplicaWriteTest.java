package io.shardgrid.shard;

import static io.shardgrid.shard.Shell.SEAT;
import static io.shardgrid.shard.Shell.SHARD;
import static io.shardgrid.shard.Shell.put;
import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.failure.FailureCode;
import io.shardgrid.key.Epoch;
import io.shardgrid.key.NodeId;
import io.shardgrid.key.PlacementEntry;
import io.shardgrid.wire.Answer;
import io.shardgrid.wire.Request;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Writes that are answered within the turn that makes them, without a number of their client. */
final class ReplicaWriteTest {

  private static final NodeId A = Shell.A;
  private static final NodeId B = new NodeId("b", 2, 2);

  private final Shell primary = Shell.acting();

  @Test
  void areMadeAndAnswered() {
    assertThat(primary.writeNow(put("key", "one"), SEAT))
        .isEqualTo(new Answer.Stored(true, 1, null));
    assertThat(primary.read("key")).isEqualTo("one");
    assertThat(primary.tell(put("key", "two"))).isEqualTo(new Answer.Stored(true, 2, null));
    assertThat(primary.writeNow(put("key", "three"), SEAT))
        .isEqualTo(new Answer.Stored(true, 3, null));
    assertThat(primary.read("key")).isEqualTo("three");
    assertThat(primary.sequence()).isEqualTo(3);
  }

  @Test
  void areNotMadeByAPlacementThatIsNotItsOwn() {
    assertThat(primary.writeNow(put("key", "one"), SEAT + 1)).as("not known here yet").isNull();
    assertThat(primary.writeNow(put("key", "one"), SEAT - 1)).as("of before this seat").isNull();
    assertThat(new Shell(A).writeNow(put("key", "one"), SEAT)).as("without one").isNull();
    assertThat(primary.sequence()).isZero();
  }

  @Test
  void areNotMadeWhereABackupHasToBeTold() {
    Shell one = new Shell(A);
    one.place(new PlacementEntry(SHARD, SEAT, SEAT, Epoch.NONE, A, List.of(A, B)));
    assertThat(one.isActing()).isTrue();
    assertThat(one.writeNow(put("key", "one"), SEAT)).isNull();
    assertThat(one.sequence()).isZero();
  }

  @Test
  void areNotMadeWhileACopyIsMade() {
    primary.replica.copyTo(SEAT, B, primary.nowNanos);
    assertThat(primary.writeNow(put("key", "one"), SEAT)).isNull();
    assertThat(primary.sequence()).isZero();
  }

  @Test
  void areNotMadeWhereARuleHasToBeAsked() {
    Request.Invoke invoke =
        new Request.Invoke(Shell.bytes("key"), "rule", "function", new long[0], List.of());
    assertThat(primary.writeNow(invoke, SEAT)).isNull();
    assertThat(primary.invoked).isEmpty();
  }

  @Test
  void areNotMadeWhileNobodyHasAnsweredTheNode() {
    primary.echoes.members(Set.of(B), primary.nowNanos);
    assertThat(primary.writeNow(put("key", "one"), SEAT)).as("alone until now").isNotNull();
    primary.passMillis(60_000);
    assertThat(primary.writeNow(put("key", "two"), SEAT)).isNull();
    assertThat(primary.sequence()).isEqualTo(1);
  }

  /** It stands still while it makes the write, for so long that the shard may have begun anew. */
  @Test
  void areNotToldToBeDoneIfTheNodeHasStoodStill() {
    primary.echoes.members(Set.of(B), primary.nowNanos);
    primary.looksBeforeStandstill = 1;
    primary.standstillNanos = 60_000_000_000L;
    Answer answer = primary.writeNow(put("key", "one"), SEAT);
    assertThat(answer)
        .isInstanceOfSatisfying(
            Answer.Failed.class, it -> assertThat(it.code()).isEqualTo(FailureCode.INTERNAL));
    assertThat(primary.sequence()).isEqualTo(1);
  }
}
