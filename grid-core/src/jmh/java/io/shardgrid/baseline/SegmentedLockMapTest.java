package io.shardgrid.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class SegmentedLockMapTest {

  /** Objects of this hash all end up in one segment, whatever its depth. */
  private record Colliding(int number) {
    @Override
    public int hashCode() {
      return 1;
    }
  }

  @Test
  void growsTheNumberOfItsSegmentsWithItsEntries() {
    SegmentedLockMap<Integer, Integer> map = new SegmentedLockMap<>(16, 16);
    assertThat(map.segments()).isEqualTo(1);
    for (int i = 0; i < 16_000; i++) {
      map.put(i, i);
    }
    assertThat(map.segments()).isBetween(1_000, 4_000);
    for (int i = 0; i < 16_000; i++) {
      assertThat(map.get(i)).isEqualTo(i);
    }
    assertThat(map.size()).isEqualTo(16_000);
  }

  @Test
  void stopsSplittingAtItsBound() {
    SegmentedLockMap<Colliding, Integer> map = new SegmentedLockMap<>(1, 5);
    for (int i = 0; i < 100; i++) {
      map.put(new Colliding(i), i);
    }
    assertThat(map.segments()).isEqualTo(6);
    assertThat(map.size()).isEqualTo(100);
    assertThat(map.get(new Colliding(42))).isEqualTo(42);
  }

  @Test
  void letsReadersOfOtherSegmentsThroughWhileOneIsLocked() throws Exception {
    SegmentedLockMap<Integer, Integer> map = new SegmentedLockMap<>(1, 8);
    for (int i = 0; i < 100; i++) {
      map.put(i, i);
    }
    CountDownLatch isLocked = new CountDownLatch(1);
    CountDownLatch haveRead = new CountDownLatch(1);
    new Crowd()
        .with(
            1,
            number ->
                map.merge(
                    0,
                    1,
                    (present, added) -> {
                      isLocked.countDown();
                      try {
                        haveRead.await();
                      } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                      }
                      return present + added;
                    }))
        .with(
            1,
            number -> {
              isLocked.await();
              for (int i = 1; i < 100; i++) {
                if (map.segmentOf(i) != map.segmentOf(0)) {
                  assertThat(map.get(i)).isEqualTo(i);
                }
              }
              haveRead.countDown();
            })
        .run();
    assertThat(map.get(0)).isEqualTo(1);
  }

  @Test
  void refusesSegmentsThatHoldNothing() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SegmentedLockMap<>(0, 4))
        .withMessageContaining("segmentEntriesMax=0");
  }
}
