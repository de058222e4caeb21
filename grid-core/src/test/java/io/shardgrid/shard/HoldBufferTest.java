package io.shardgrid.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.wire.AnswerSink;
import io.shardgrid.wire.Operation;
import org.junit.jupiter.api.Test;

final class HoldBufferTest {

  private static final AnswerSink NOBODY = (operation, answer) -> {};

  private final Shell shell = new Shell(Shell.A);
  private final HoldBuffer buffer = new HoldBuffer(3, 1_000);

  @Test
  void givesBackInTheOrderOfArrival() {
    offer(5, 10, "v");
    offer(1, 10, "v");
    assertThat(seqOfNext()).isEqualTo(5);
    assertThat(seqOfNext()).isEqualTo(1);
    assertThat(buffer.poll()).isNull();
    assertThat(buffer.bytes()).isZero();
  }

  @Test
  void isFullAtItsCount() {
    assertThat(offer(1, 10, "v")).isTrue();
    assertThat(offer(2, 10, "v")).isTrue();
    assertThat(offer(3, 10, "v")).isTrue();
    assertThat(offer(4, 10, "v")).isFalse();
  }

  @Test
  void isFullAtItsBytesButNeverForTheFirst() {
    assertThat(offer(1, 10, "v".repeat(2_000))).isTrue();
    assertThat(offer(2, 10, "v")).isFalse();
    assertThat(seqOfNext()).isEqualTo(1);
    assertThat(offer(2, 10, "v")).isTrue();
  }

  @Test
  void dropsWhatIsLateAndKeepsTheRest() {
    offer(1, 10, "v");
    offer(2, 30, "v");
    offer(3, 20, "v");
    assertThat(buffer.dropLate(20, shell)).isEqualTo(1);
    assertThat(buffer.dropLate(21, shell)).isEqualTo(1);
    assertThat(shell.dropped).extracting(Operation::seq).containsExactly(1L, 3L);
    assertThat(seqOfNext()).isEqualTo(2);
    assertThat(buffer.bytes()).isZero();
  }

  private boolean offer(long seq, long deadlineNanos, String value) {
    Operation operation =
        new Operation("m", 0, 1, seq, 1, 0, 0, deadlineNanos, Shell.put("k", value));
    return buffer.offer(operation, NOBODY);
  }

  private long seqOfNext() {
    HoldBuffer.Held held = buffer.poll();
    return held == null ? -1 : held.operation().seq();
  }
}
