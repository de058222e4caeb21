package io.shardgrid.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shardgrid.wire.replica.Change;
import io.shardgrid.wire.replica.LoggedWrite;
import org.junit.jupiter.api.Test;

class ReplicaLogTest {

  private final ReplicaLog log = new ReplicaLog();

  @Test
  void keepsWritesInOrder() {
    append(1, 100);
    assertThat(log.length()).isEqualTo(100);
    assertThat(log.at(1).seq()).isEqualTo(1);
    assertThat(log.at(100).seq()).isEqualTo(100);
    assertThat(log.after(97, Long.MAX_VALUE))
        .extracting(LoggedWrite::seq)
        .containsExactly(98L, 99L, 100L);
  }

  @Test
  void refusesAGap() {
    append(1, 3);
    assertThatThrownBy(() -> append(5, 5)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void dropsTheFirstAndCutsTheLast() {
    append(1, 40);
    log.dropTo(10);
    log.cutAbove(20);
    assertThat(log.base()).isEqualTo(10);
    assertThat(log.length()).isEqualTo(20);
    assertThat(log.holds(10)).isFalse();
    assertThat(log.holds(11)).isTrue();
    assertThat(log.holds(21)).isFalse();
    append(21, 60);
    assertThat(log.at(60).seq()).isEqualTo(60);
    assertThatThrownBy(() -> log.at(10)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void countsTheBytesItKeeps() {
    append(1, 8);
    long perWrite = log.bytes() / 8;
    log.dropTo(3);
    assertThat(log.bytes()).isEqualTo(5 * perWrite);
    log.cutAbove(3);
    assertThat(log.bytes()).isZero();
  }

  @Test
  void neverCutsBelowItsBaseNorDropsAboveItsEnd() {
    append(1, 5);
    log.dropTo(9);
    assertThat(log.base()).isEqualTo(5);
    log.cutAbove(2);
    assertThat(log.length()).isEqualTo(5);
  }

  @Test
  void endsABatchWhereItsBytesAreMet() {
    append(1, 10);
    long perWrite = log.bytes() / 10;
    assertThat(log.after(0, 3 * perWrite)).hasSize(3);
    assertThat(log.after(0, 1)).hasSize(1);
    assertThat(log.after(10, 1)).isEmpty();
  }

  @Test
  void startsAgainBehindACopy() {
    append(1, 5);
    log.restart(70);
    append(71, 72);
    assertThat(log.base()).isEqualTo(70);
    assertThat(log.length()).isEqualTo(72);
  }

  private void append(long from, long to) {
    for (long seq = from; seq <= to; seq++) {
      log.append(new LoggedWrite(seq, 1, 0, null, Change.None.INSTANCE));
    }
  }
}
