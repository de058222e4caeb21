package io.shardgrid.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.key.Epoch;
import io.shardgrid.key.PlacementEntry;
import io.shardgrid.wire.replica.CopyItem;
import io.shardgrid.wire.replica.ReplicaMessage;
import io.shardgrid.wire.replica.ReplicaMessage.AppendAck;
import io.shardgrid.wire.replica.ReplicaMessage.Copy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What replicas say to each other, over real sockets. */
final class ReplicaLanesTest {

  private static final int MESSAGES = 2_000;
  private static final long SEAT = Epoch.of(1, 1);

  private final Peer a = Peer.start(1);
  private final Peer b = Peer.start(2);

  @AfterEach
  void close() {
    a.close();
    b.close();
  }

  @Test
  void keepsTheOrderWithinEachLane() throws InterruptedException {
    a.open(b);
    for (int i = 0; i < MESSAGES; i++) {
      assertThat(a.links.send(b.id, new AppendAck(3, SEAT, i, false, i, -i))).isTrue();
      assertThat(a.links.send(b.id, copy(i))).isTrue();
    }
    List<Long> acknowledged = new ArrayList<>();
    List<Long> copied = new ArrayList<>();
    for (int i = 0; i < 2 * MESSAGES; i++) {
      Peer.Said said = b.said.poll(20, TimeUnit.SECONDS);
      assertThat(said).isNotNull();
      assertThat(said.from()).isEqualTo(a.id);
      if (said.message() instanceof AppendAck ack) {
        acknowledged.add(ack.length());
      } else {
        copied.add(((Copy) said.message()).index());
      }
    }
    assertThat(acknowledged).hasSize(MESSAGES).isSorted();
    assertThat(copied).hasSize(MESSAGES).isSorted();
  }

  @Test
  void losesWhatHasNoLink() throws InterruptedException {
    assertThat(a.links.send(b.id, new ReplicaMessage.Yield(3, SEAT, placement(), 1))).isFalse();
    a.open(b);
    assertThat(b.links.send(a.id, new ReplicaMessage.Yield(3, SEAT, placement(), 1))).isFalse();
  }

  private PlacementEntry placement() {
    return new PlacementEntry(3, SEAT, SEAT, Epoch.NONE, a.id, List.of(a.id));
  }

  private Copy copy(long index) {
    return new Copy(3, SEAT, placement(), 1, 0, index, CopyItem.Resume.INSTANCE);
  }
}
