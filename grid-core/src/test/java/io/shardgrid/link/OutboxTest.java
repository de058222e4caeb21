package io.shardgrid.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutboxTest {

  private final Outbox<String> outbox = new Outbox<>(1000, 100);
  private final Batch<String> batch = new Batch<>();

  @Test
  void isEmptyAtFirst() {
    assertThat(outbox.isReady()).isFalse();
    assertThat(outbox.takeBatch(batch)).isNull();
    assertThat(outbox.bytes()).isZero();
  }

  @Test
  void packsItemsUpToTheSizeOfAFrame() {
    for (int i = 0; i < 5; i++) {
      outbox.offer(Lane.OPERATIONS, "item" + i, 40);
    }
    assertThat(outbox.takeBatch(batch)).isEqualTo(Lane.OPERATIONS);
    assertThat(batch.items()).containsExactly("item0", "item1");
    assertThat(batch.bytes()).isEqualTo(80);
    outbox.takeBatch(batch);
    assertThat(batch.items()).containsExactly("item2", "item3");
    outbox.takeBatch(batch);
    assertThat(batch.items()).containsExactly("item4");
    assertThat(outbox.takeBatch(batch)).isNull();
    assertThat(outbox.bytes()).isZero();
  }

  @Test
  void givesALargeItemAFrameOfItsOwn() {
    outbox.offer(Lane.OPERATIONS, "small", 10);
    outbox.offer(Lane.OPERATIONS, "large", 500);
    outbox.offer(Lane.OPERATIONS, "next", 10);
    List<List<String>> frames = new ArrayList<>();
    while (outbox.takeBatch(batch) != null) {
      frames.add(List.copyOf(batch.items()));
    }
    assertThat(frames).containsExactly(List.of("small"), List.of("large"), List.of("next"));
  }

  @Test
  void refusesWhatDoesNotFitAndTakesItLater() {
    assertThat(outbox.offer(Lane.OPERATIONS, "first", 900)).isTrue();
    assertThat(outbox.offer(Lane.ANSWERS, "second", 101)).isFalse();
    assertThat(outbox.offer(Lane.ANSWERS, "third", 100)).isTrue();
    outbox.takeBatch(batch);
    assertThat(outbox.offer(Lane.ANSWERS, "second", 101)).isTrue();
    assertThat(outbox.bytes()).isEqualTo(201);
  }

  @Test
  void hasAReserveOfTheSameSize() {
    assertThat(outbox.offer(Lane.ANSWERS, "first", 1000)).isTrue();
    assertThat(outbox.offerReserve(Lane.ANSWERS, "second", 1000)).isTrue();
    assertThat(outbox.offerReserve(Lane.ANSWERS, "third", 1)).isFalse();
  }

  @Test
  void servesLanesInTurns() {
    for (int i = 0; i < 3; i++) {
      outbox.offer(Lane.COPIES, "bulk" + i, 100);
      outbox.offer(Lane.OPERATIONS, "operation" + i, 100);
    }
    List<Lane> lanes = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      lanes.add(outbox.takeBatch(batch));
    }
    assertThat(lanes)
        .containsExactly(
            Lane.OPERATIONS,
            Lane.COPIES,
            Lane.OPERATIONS,
            Lane.COPIES,
            Lane.OPERATIONS,
            Lane.COPIES);
  }

  @Test
  void letsALaneInBetweenTheFramesOfAFullOne() {
    for (int i = 0; i < 9; i++) {
      outbox.offer(Lane.COPIES, "bulk" + i, 100);
    }
    outbox.takeBatch(batch);
    outbox.offer(Lane.OPERATIONS, "operation", 10);
    assertThat(outbox.takeBatch(batch)).isEqualTo(Lane.OPERATIONS);
    assertThat(outbox.takeBatch(batch)).isEqualTo(Lane.COPIES);
  }

  @Test
  void takesNothingOnceSealedAndIsSpentWhenEmptied() {
    outbox.offer(Lane.OPERATIONS, "first", 10);
    outbox.seal();
    outbox.seal();
    assertThat(outbox.offer(Lane.OPERATIONS, "second", 10)).isFalse();
    assertThat(outbox.offerReserve(Lane.ANSWERS, "third", 10)).isFalse();
    assertThat(outbox.isSpent()).isFalse();
    assertThat(outbox.bytes()).isEqualTo(10);
    assertThat(outbox.takeBatch(batch)).isEqualTo(Lane.OPERATIONS);
    assertThat(outbox.isSpent()).isTrue();
  }
}
