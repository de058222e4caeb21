package io.shardgrid.shard;

import static io.shardgrid.shard.Shell.A;
import static io.shardgrid.shard.Shell.B;
import static io.shardgrid.shard.Shell.MAP;
import static io.shardgrid.shard.Shell.SEAT;
import static io.shardgrid.shard.Shell.SHARD;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.key.Epoch;
import io.shardgrid.key.NodeId;
import io.shardgrid.key.PlacementEntry;
import io.shardgrid.wire.Answer;
import io.shardgrid.wire.ExportPosition;
import io.shardgrid.wire.Request;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A primary and its backup: what they find when they compare, and how long a handing over takes.
 */
final class ReplicaPairTest {

  private final Shell primary = new Shell(A);
  private final Shell backup = new Shell(B);

  @BeforeEach
  void place() {
    PlacementEntry entry = entry(SEAT, Epoch.NONE, A);
    primary.place(entry);
    backup.place(entry);
    talk();
  }

  private static PlacementEntry entry(long seat, long prevSeat, NodeId named) {
    return new PlacementEntry(SHARD, seat, seat, prevSeat, named, List.of(A, B));
  }

  private void talk() {
    for (int i = 0; i < 5; i++) {
      backup.receiveAllFrom(primary);
      primary.receiveAllFrom(backup);
    }
  }

  private void write(int count) {
    for (int i = 0; i < count; i++) {
      primary.tell(Shell.put("k" + i, "v" + i));
    }
    talk();
  }

  private Survey.Check found() {
    return backup.replica.survey().check();
  }

  @Test
  void comparesWhenItIsAsked() {
    write(5);
    long before = found().matches();
    primary.check();
    assertThat(primary.replica.survey().check().askedAt()).isEqualTo(5);
    talk();
    primary.passMillis(200);
    backup.passMillis(200);
    primary.tick();
    talk();
    assertThat(found().matches()).isGreaterThan(before);
    assertThat(found().matchedAt()).isEqualTo(5);
    assertThat(found().differences()).isZero();
  }

  @Test
  void comparesWhileWritesAreOnTheirWay() {
    write(3);
    primary.tell(Shell.put("late", "one"));
    primary.check();
    primary.tell(Shell.put("later", "two"));
    talk();
    assertThat(primary.replica.survey().check().askedAt()).isEqualTo(4);
    primary.passMillis(200);
    backup.passMillis(200);
    primary.tick();
    talk();
    assertThat(found().matchedAt()).isGreaterThanOrEqualTo(4);
  }

  private static Request.Export export(ExportPosition from) {
    return new Request.Export(from, 256);
  }

  @Test
  void readsOutOnlyWhatIsCommitted() {
    write(5);
    primary.tell(Shell.put("late", "one"));
    assertThat(primary.tell(export(ExportPosition.START))).isNull();
    talk();
    Answer.Exported told =
        (Answer.Exported) primary.answered.get(primary.answered.size() - 1).answer();
    assertThat(requireNonNull(told.end()).sequence()).isEqualTo(6);
  }

  @Test
  void hasWhoReadsItOutBeginAnewWithTheNextPrimary() {
    write(50);
    Answer.Exported first =
        (Answer.Exported) requireNonNull(primary.tell(export(ExportPosition.START)));
    assertThat(first.end()).isNull();
    PlacementEntry next = entry(SEAT + 1, SEAT, B);
    primary.place(next);
    backup.place(next);
    talk();
    backup.minEpoch = SEAT + 1;
    assertThat(backup.isActing()).isTrue();
    Answer.Exported second = (Answer.Exported) requireNonNull(backup.tell(export(first.next())));
    assertThat(second.isVoid()).isTrue();
  }

  @Test
  void findsWhatDiffers() {
    write(5);
    primary.passMillis(200);
    primary.tick();
    talk();
    backup.mayDiverge = true;
    requireNonNull(backup.replica.state().store.maps().find(MAP)).remove(Shell.bytes("k2"));
    primary.check();
    talk();
    assertThat(found().differences()).isEqualTo(1);
  }

  @Test
  void measuresTheHandingOverByTheClockOfTheFormerPrimary() {
    write(2);
    PlacementEntry next = entry(SEAT + 1, SEAT, B);
    primary.place(next);
    backup.place(next);
    primary.passMillis(7);
    assertThat(primary.pauses).isEmpty();
    talk();
    assertThat(primary.pauses).containsExactly(7_000_000L);
    assertThat(backup.pauses).isEmpty();
    assertThat(backup.isActing()).isTrue();
  }

  /**
   * The backup refuses a write of an epoch that is over: it must not wait for the next heartbeat.
   */
  @Test
  void handsOverAtOnceWhenTheBackupKnewOfItBeforeTheLastWrite() {
    write(2);
    PlacementEntry next = entry(SEAT + 1, SEAT, B);
    backup.place(next);
    primary.tell(Shell.put("late", "one"));
    backup.receiveAllFrom(primary);
    assertThat(backup.replica.state().log.length()).isEqualTo(2);
    primary.place(next);
    primary.passMillis(7);
    talk();
    assertThat(primary.pauses).containsExactly(7_000_000L);
    assertThat(backup.isActing()).isTrue();
    assertThat(backup.sequence()).isEqualTo(3);
    assertThat(primary.answeredSeqs()).containsExactly(1L, 2L, 3L);
  }

  @Test
  void judgesAReadByTheTimeAfterIt() {
    write(1);
    assertThat(primary.tell(Shell.get("k0"))).isNotNull();
    primary.standstillNanos = 2_000_000_000L;
    assertThat(primary.tell(Shell.get("k0"))).isNull();
    primary.standstillNanos = 0;
    assertThat(primary.tell(Shell.get("k0"))).isNotNull();
  }
}
