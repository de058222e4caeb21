package io.shardgrid.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shardgrid.failure.CodecException;
import io.shardgrid.wire.Answer;
import io.shardgrid.wire.Operation;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What one node may have under way at another. */
@Timeout(60)
final class PeerCreditTest {

  private final Peer a = Peer.start(1);
  private final BlockingQueue<Runnable> held = new LinkedBlockingQueue<>();

  @AfterEach
  void close() {
    a.close();
  }

  @Test
  void sendsNoMoreThanMayBeUnderWayAndSaysWhenThereIsRoom() throws InterruptedException {
    try (Peer narrow = Peer.start(4, 0, Peer.CHARTER, Peer.within(8, 1 << 20))) {
      narrow.echo =
          (operation, back) ->
              held.add(
                  operation.seq() % 2 == 0
                      ? () -> back.answered(operation, Answer.Done.INSTANCE)
                      : () -> back.dropped(operation));
      a.open(narrow);
      for (int i = 0; i < 8; i++) {
        assertThat(a.links.send(narrow.id, Peer.operation(i, Peer.get("k")))).isTrue();
      }
      assertThat(a.links.send(narrow.id, Peer.operation(8, Peer.get("k")))).isFalse();
      take(held).run();
      take(held).run();
      a.awaitEvent("ready " + narrow.id);
      assertThat(a.links.send(narrow.id, Peer.operation(8, Peer.get("k")))).isTrue();
      assertThat(a.links.send(narrow.id, Peer.operation(9, Peer.get("k")))).isTrue();
      assertThat(a.links.send(narrow.id, Peer.operation(10, Peer.get("k")))).isFalse();
    }
  }

  @Test
  void countsTheBytesThatAreUnderWayToo() throws InterruptedException {
    try (Peer narrow = Peer.start(4, 0, Peer.CHARTER, Peer.within(100, 10_000))) {
      narrow.echo =
          (operation, back) -> held.add(() -> back.answered(operation, Answer.Done.INSTANCE));
      a.open(narrow);
      Operation large = Peer.operation(1, Peer.put(new byte[4_000]));
      assertThat(a.links.send(narrow.id, large)).isTrue();
      assertThat(a.links.send(narrow.id, large)).isTrue();
      assertThat(a.links.send(narrow.id, large)).isFalse();
      take(held).run();
      a.awaitEvent("ready " + narrow.id);
      assertThat(a.links.send(narrow.id, large)).isTrue();
      Operation tooLarge = Peer.operation(2, Peer.put(new byte[5_000]));
      assertThatThrownBy(() -> a.links.send(narrow.id, tooLarge))
          .isInstanceOf(CodecException.class)
          .hasMessageContainingAll("operation-bytes-max", "max=5000");
    }
  }

  private static Runnable take(BlockingQueue<Runnable> queue) {
    try {
      return queue.take();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
