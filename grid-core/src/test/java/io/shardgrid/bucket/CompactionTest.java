package io.shardgrid.bucket;

import static io.shardgrid.bucket.BucketMap.NO_DEADLINE;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

class CompactionTest {

  private static final int LIVE = 40_000;

  private final PageBudget budget = PageBudget.unlimited();
  private final BucketMap map = TestMaps.map(1, budget);
  private final Random random = new Random(11);
  private double worst;

  @Test
  void keepsFragmentationUnderAFifthWhenEntriesOfAnyLengthAreReplaced() {
    fill(number -> random.nextInt(1_000));
    for (int i = 0; i < 10 * LIVE; i++) {
      put(random.nextInt(LIVE), random.nextInt(1_000));
      watch();
    }
    assertThat(worst).isLessThan(0.2);
    checkEntries();
  }

  /** No block is reused as it is: each round is longer than the one before, then shorter. */
  @Test
  void keepsFragmentationUnderAFifthWhenLengthsShift() {
    fill(number -> 50);
    for (int round = 1; round <= 10; round++) {
      int length = round <= 5 ? 50 + 37 * round : 300 - 41 * (round - 5);
      for (int i = 0; i < LIVE; i++) {
        put(i, length + random.nextInt(8));
        watch();
      }
    }
    assertThat(worst).isLessThan(0.2);
    assertThat(map.statistics().compactedBytes()).isPositive();
    checkEntries();
  }

  @Test
  void givesPagesBackWhileEntriesAreRemoved() {
    fill(number -> 100 + random.nextInt(300));
    long before = map.statistics().pageBytes();
    for (int i = 0; i < LIVE; i++) {
      if (i % 10 != 0) {
        map.remove(TestKeys.key(i));
        if (map.statistics().pageBytes() > (2 << 20)) {
          watch();
        }
      }
    }
    assertThat(worst).isLessThan(0.3);
    while (map.maintain(100)) {
      assertThat(map.entries()).isEqualTo(LIVE / 10);
    }
    assertThat(map.statistics().pageBytes()).isLessThan(before / 8);
    assertThat(map.statistics().buckets()).isEqualTo(4_096);
    assertThat(budget.reservedBytes()).isEqualTo(map.reservedBytes());
    for (int i = 0; i < LIVE; i += 10) {
      assertThat(map.find(TestKeys.key(i))).isNotEqualTo(BucketMap.ABSENT);
    }
  }

  @Test
  void keepsFragmentationUnderAFifthWhenEntriesComeAndGo() {
    fill(number -> 1 + random.nextInt(2_000));
    for (int i = 0; i < 10 * LIVE; i++) {
      map.remove(TestKeys.key(i));
      put(i + LIVE, 1 + random.nextInt(i % 20 == 0 ? 20_000 : 500));
      watch();
    }
    assertThat(worst).isLessThan(0.2);
    assertThat(map.entries()).isEqualTo(LIVE);
  }

  private void fill(IntUnaryOperator length) {
    for (int i = 0; i < LIVE; i++) {
      put(i, length.applyAsInt(i));
    }
  }

  private void put(long number, int length) {
    map.put(TestKeys.key(number), TestKeys.random(number, length), length, NO_DEADLINE);
  }

  /** Remembers the largest share of the pages that holds no bytes of entries. */
  private void watch() {
    BucketMapStatistics statistics = map.statistics();
    long extentBytes = statistics.reservedBytes() - statistics.pageBytes();
    if (statistics.extents() == 0) {
      extentBytes = 0;
    }
    double used = (double) statistics.liveBytes() / (statistics.pageBytes() + extentBytes);
    worst = Math.max(worst, 1 - used);
  }

  private void checkEntries() {
    for (long i = 0; i < LIVE; i++) {
      long entry = map.find(TestKeys.key(i));
      int length = (int) map.version(entry);
      assertThat(map.valueEquals(entry, TestKeys.random(i, length))).isTrue();
    }
  }
}
