package io.shardgrid.bucket;

import static io.shardgrid.bucket.BucketMap.ABSENT;
import static io.shardgrid.bucket.BucketMap.NO_DEADLINE;
import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.bucket.BucketMap.Stored;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BucketMapBudgetTest {

  @ParameterizedTest
  @ValueSource(longs = {0, 300, 1_000, 5_000, 50_000, 1_000_000, 5_000_000})
  void leavesEverythingAsItWasWhenItRefuses(long bytesMax) {
    PageBudget budget = PageBudget.of(bytesMax);
    BucketMap map = TestMaps.map(1, budget);
    int count = fill(map, 30);
    long liveBytes = map.liveBytes();
    assertThat(map.put(TestKeys.key(count), new byte[30], 1, 5)).isEqualTo(Stored.REFUSED);
    byte[] large = new byte[BucketMap.VALUE_BYTES_MAX];
    for (int i = 0; i < count; i += 1 + count / 100) {
      assertThat(map.put(TestKeys.key(i), large, 99, 5)).isEqualTo(Stored.REFUSED);
    }
    assertThat(map.entries()).isEqualTo(count);
    assertThat(map.entriesWithDeadline()).isZero();
    assertThat(map.liveBytes()).isEqualTo(liveBytes);
    assertThat(map.find(TestKeys.key(count))).isEqualTo(ABSENT);
    for (int i = 0; i < count; i++) {
      long entry = map.find(TestKeys.key(i));
      assertThat(map.version(entry)).isEqualTo(i);
      assertThat(map.valueEquals(entry, TestKeys.random(i, 30))).isTrue();
    }
    assertThat(budget.reservedBytes()).isLessThanOrEqualTo(bytesMax);
  }

  @Test
  void replacesInPlaceWhenFull() {
    BucketMap map = TestMaps.map(1, PageBudget.of(50_000));
    int count = fill(map, 30);
    for (int i = 0; i < count; i++) {
      assertThat(map.put(TestKeys.key(i), new byte[30], 7, NO_DEADLINE)).isEqualTo(Stored.REPLACED);
    }
  }

  @Test
  void takesEntriesAgainAfterARemoval() {
    BucketMap map = TestMaps.map(1, PageBudget.of(50_000));
    int count = fill(map, 30);
    assertThat(map.remove(TestKeys.key(0))).isTrue();
    assertThat(map.put(TestKeys.key(0), new byte[30], 1, NO_DEADLINE)).isEqualTo(Stored.INSERTED);
    assertThat(map.entries()).isEqualTo(count);
  }

  @Test
  void givesDeadlinesWhenFull() {
    PageBudget budget = PageBudget.of(50_000);
    BucketMap map = TestMaps.map(1, budget);
    int count = fill(map, 30);
    for (int i = 0; i < count; i++) {
      assertThat(map.expire(TestKeys.key(i), 1_000, 2_000)).isTrue();
    }
    assertThat(map.entriesWithDeadline()).isEqualTo(count);
    for (int i = 0; i < count; i++) {
      long entry = map.find(TestKeys.key(i));
      assertThat(map.deadlineMillis(entry)).isEqualTo(2_000);
      assertThat(map.valueEquals(entry, TestKeys.random(i, 30))).isTrue();
    }
    map.clear();
    assertThat(budget.reservedBytes()).isZero();
  }

  /** More entries than a map may have pages: those beyond the budget must not be one for each. */
  @Test
  void givesDeadlinesToAsManyAsThereAre() {
    BucketMap map = TestMaps.map(1, PageBudget.of(20 << 20));
    int count = fill(map, 30);
    assertThat(count).isGreaterThan(1 << 18);
    for (int i = 0; i < count; i++) {
      assertThat(map.expire(TestKeys.key(i), 1_000, 2_000)).isTrue();
    }
    assertThat(map.entriesWithDeadline()).isEqualTo(count);
    assertThat(map.statistics().pageBytes()).isLessThan(40 << 20);
  }

  @Test
  void finishesAGrowthWhenTheBudgetHasRoomAgain() {
    PageBudget budget = PageBudget.of(400_000);
    BucketMap map = TestMaps.map(1, budget);
    BucketMap other = TestMaps.map(1, budget);
    fill(other, 1_000);
    int count = fill(map, 0);
    for (int i = count; i > count / 2; i--) {
      map.remove(TestKeys.key(i));
    }
    other.clear();
    for (int i = 0; i < 2 * count; i++) {
      map.put(TestKeys.key(i), TestKeys.random(i, 30), i, NO_DEADLINE);
    }
    for (int i = 0; i < 2 * count; i++) {
      assertThat(map.valueEquals(map.find(TestKeys.key(i)), TestKeys.random(i, 30))).isTrue();
    }
    map.clear();
    assertThat(budget.reservedBytes()).isZero();
  }

  /** Puts entries 0, 1, 2, ... until one is refused; returns how many there are. */
  private static int fill(BucketMap map, int valueLength) {
    int count = 0;
    while (map.put(TestKeys.key(count), TestKeys.random(count, valueLength), count, NO_DEADLINE)
        == Stored.INSERTED) {
      count++;
    }
    return count;
  }
}
