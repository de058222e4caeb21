package io.shardgrid.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.wire.Operation;
import org.junit.jupiter.api.Test;

final class RefusalOrderTest {

  private static final long DEADLINE = 100;

  private final RefusalOrder order = new RefusalOrder(2);

  @Test
  void barsNobodyWhileNobodyIsRefused() {
    assertThat(bars(1, 9, 1, 0)).isFalse();
  }

  @Test
  void barsWhatComesBehindARefusedOneUntilThatComesAgain() {
    order.refused(operation(1, 5, 5));
    assertThat(barsAndRefuses(6)).isTrue();
    assertThat(barsAndRefuses(7)).isTrue();
    assertThat(bars(1, 4, 4, 0)).isFalse();
    assertThat(bars(1, 5, 5, 0)).isFalse();
    assertThat(bars(1, 8, 5, 0)).as("6 and 7 have not come again").isTrue();
    assertThat(bars(1, 6, 5, 0)).isFalse();
    assertThat(bars(1, 7, 5, 0)).isFalse();
    assertThat(bars(1, 8, 5, 0)).isFalse();
  }

  @Test
  void barsAgainWhenTheSameIsRefusedAgain() {
    order.refused(operation(1, 5, 5));
    assertThat(bars(1, 5, 5, 0)).isFalse();
    order.refused(operation(1, 5, 5));
    assertThat(bars(1, 6, 5, 0)).isTrue();
  }

  @Test
  void letsPassWhenTheClientIsDoneWithTheRefused() {
    order.refused(operation(1, 5, 5));
    assertThat(bars(1, 7, 6, 0)).isFalse();
  }

  @Test
  void barsOthersNot() {
    order.refused(operation(1, 5, 5));
    assertThat(bars(2, 6, 1, 0)).isFalse();
  }

  @Test
  void endsWithTheLastDeadlineOfTheRefused() {
    order.refused(operation(1, 5, 5));
    assertThat(bars(1, 6, 5, DEADLINE)).isTrue();
    assertThat(bars(1, 6, 5, DEADLINE + 1)).isFalse();
    order.refused(operation(1, 5, 5));
    order.forgetEnded(DEADLINE + 1);
    assertThat(bars(1, 6, 5, 0)).isFalse();
  }

  @Test
  void letsPastItsBoundOnlyTheFirstOpenOperationOfAClientThrough() {
    order.refused(operation(1, 1, 1));
    order.refused(operation(2, 1, 1));
    order.refused(operation(3, 4, 4));
    assertThat(bars(3, 5, 4, 0)).isTrue();
    assertThat(bars(3, 4, 4, 0)).isFalse();
    assertThat(bars(4, 1, 1, 0)).isFalse();
    assertThat(bars(3, 5, 4, DEADLINE + 1)).isFalse();
  }

  private boolean barsAndRefuses(long seq) {
    boolean isBarred = bars(1, seq, 5, 0);
    order.refused(operation(1, seq, 5));
    return isBarred;
  }

  private boolean bars(long client, long seq, long doneBelow, long nowNanos) {
    return order.bars(operation(client, seq, doneBelow), nowNanos);
  }

  private static Operation operation(long client, long seq, long doneBelow) {
    return new Operation("m", 0, client, seq, doneBelow, 0, 0, DEADLINE, Shell.get("k"));
  }
}
