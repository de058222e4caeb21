package io.shardgrid.shard;

import static io.shardgrid.shard.Shell.A;
import static io.shardgrid.shard.Shell.B;
import static io.shardgrid.shard.Shell.C;
import static io.shardgrid.shard.Shell.CLIENT;
import static io.shardgrid.shard.Shell.SEAT;
import static io.shardgrid.shard.Shell.SHARD;
import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.key.Epoch;
import io.shardgrid.key.NodeId;
import io.shardgrid.key.PlacementEntry;
import io.shardgrid.wire.Operation;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A backup that is the only one tells its own process; its primary does not tell it again. */
final class SoleBackupTest {

  private final Shell primary = new Shell(A);
  private final Shell backup = new Shell(B);

  private void place(NodeId... inSync) {
    PlacementEntry entry = new PlacementEntry(SHARD, SEAT, SEAT, Epoch.NONE, A, List.of(inSync));
    primary.place(entry);
    backup.place(entry);
    talk();
  }

  private void talk() {
    for (int i = 0; i < 5; i++) {
      backup.receiveAllFrom(primary);
      primary.receiveAllFrom(backup);
    }
  }

  private Operation write(long number) {
    return primary.operation(CLIENT, number, 1, Shell.put("k" + number, "v"));
  }

  @Test
  void tellsOnceOfWhatItHasLogged() {
    place(A, B);
    primary.sendFrom(B, write(1));
    primary.sendFrom(B, write(2));
    assertThat(backup.told).isEmpty();
    talk();
    primary.passMillis(200);
    primary.tick();
    talk();
    assertThat(backup.told).containsExactly(1L, 2L);
    assertThat(primary.answered).as("who asked knows").isEmpty();
    assertThat(primary.dropped).hasSize(2);
  }

  @Test
  void leavesItToThePrimaryToTellOthers() {
    place(A, B);
    primary.sendFrom(C, write(1));
    primary.send(write(2));
    talk();
    assertThat(primary.answeredSeqs()).containsExactly(1L, 2L);
    assertThat(primary.dropped).isEmpty();
  }

  @Test
  void leavesItToThePrimaryToAnswerRepeats() {
    place(A, B);
    primary.sendFrom(B, write(1));
    talk();
    primary.sendFrom(B, write(1));
    primary.sendFrom(B, write(2));
    primary.sendFrom(B, write(1));
    talk();
    assertThat(primary.answeredSeqs()).containsExactly(1L, 1L);
    assertThat(backup.told).containsExactly(1L, 2L);
  }

  @Test
  void tellsNothingIfOthersHaveToHaveItToo() {
    place(A, B, C);
    primary.sendFrom(B, write(1));
    talk();
    assertThat(backup.replica.state().log.length()).as("it has logged it").isOne();
    assertThat(backup.told).isEmpty();
    assertThat(primary.answered).as("the third one has not acknowledged it").isEmpty();
  }
}
