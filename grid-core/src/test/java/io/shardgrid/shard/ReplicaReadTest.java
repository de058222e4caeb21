package io.shardgrid.shard;

import static io.shardgrid.shard.Shell.A;
import static io.shardgrid.shard.Shell.B;
import static io.shardgrid.shard.Shell.SEAT;
import static io.shardgrid.shard.Shell.SHARD;
import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.key.Epoch;
import io.shardgrid.key.NodeId;
import io.shardgrid.key.PlacementEntry;
import io.shardgrid.wire.Answer;
import io.shardgrid.wire.Expiry;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Reads that are answered at once or not at all. */
final class ReplicaReadTest {

  private final Shell primary = new Shell(A);
  private final Shell backup = new Shell(B);

  @BeforeEach
  void place() {
    PlacementEntry entry = entry(SEAT, SEAT, Epoch.NONE, A);
    primary.place(entry);
    backup.place(entry);
    talk();
  }

  private static PlacementEntry entry(long epoch, long seat, long prevSeat, NodeId named) {
    return new PlacementEntry(SHARD, epoch, seat, prevSeat, named, List.of(A, B));
  }

  private void talk() {
    for (int i = 0; i < 5; i++) {
      backup.receiveAllFrom(primary);
      primary.receiveAllFrom(backup);
    }
  }

  @Test
  void tellsOnlyWhatIsCommitted() {
    primary.tell(Shell.put("key", "value"));
    assertThat(primary.readNow("key", SEAT)).as("the backup has not acknowledged").isNull();
    assertThat(primary.readNow("other", SEAT)).isEqualTo(Answer.Absent.INSTANCE);
    talk();
    assertThat(primary.readNow("key", SEAT)).isInstanceOf(Answer.Entry.class);
  }

  @Test
  void tellsNothingOnceAPromiseHasRunOut() {
    primary.tell(Shell.put("key", "value"));
    talk();
    primary.passMillis(60_000);
    assertThat(primary.readNow("key", SEAT)).isNull();
    backup.passMillis(60_000);
    talk();
    assertThat(primary.readNow("key", SEAT)).as("it had the promise renewed").isNotNull();
  }

  @Test
  void tellsNothingByAPlacementThatIsNotItsOwn() {
    assertThat(primary.readNow("key", SEAT + 1)).as("not known here yet").isNull();
    assertThat(primary.readNow("key", SEAT - 1)).as("of before this seat").isNull();
    assertThat(backup.readNow("key", SEAT)).as("not the primary").isNull();
    assertThat(new Shell(A).readNow("key", SEAT)).as("without a placement").isNull();
  }

  @Test
  void numbersNothingWhileItsSeatDrains() {
    primary.tell(Shell.put("key", "value", Expiry.after(1_000)));
    talk();
    primary.tell(Shell.put("last", "value"));
    PlacementEntry next = entry(SEAT + 1, SEAT + 1, SEAT, B);
    primary.place(next);
    primary.passMillis(2_000);
    long before = primary.sequence();
    assertThat(primary.readNow("key", SEAT + 1)).isNull();
    assertThat(primary.sequence()).as("it has expired, and is not removed").isEqualTo(before);
  }

  @Test
  void removesWhatHasExpiredAsAWriteOfItsOwn() {
    primary.tell(Shell.put("key", "value", Expiry.after(1_000)));
    talk();
    primary.passMillis(1_001);
    backup.passMillis(1_001);
    talk();
    assertThat(primary.readNow("key", SEAT)).as("not committed yet").isNull();
    talk();
    assertThat(primary.readNow("key", SEAT)).isEqualTo(Answer.Absent.INSTANCE);
    primary.passMillis(200);
    primary.tick();
    talk();
    assertThat(backup.sequence()).isEqualTo(primary.sequence()).isEqualTo(2);
  }
}
