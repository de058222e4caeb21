package io.shardgrid.bucket;

import static io.shardgrid.bucket.BucketMap.NO_DEADLINE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BucketMapScanTest {

  private final BucketMap map = TestMaps.map(42, PageBudget.unlimited());

  @Test
  void endsAtOnceInAnEmptyMap() {
    assertThat(map.scan(0, 10, (scanned, entry) -> {})).isZero();
    assertThat(map.scan(77, 10, (scanned, entry) -> {})).isZero();
  }

  /** In the middle of a growth (7,000), and without. */
  @ParameterizedTest
  @ValueSource(ints = {1, 7_000, 10_000})
  void visitsEveryEntryOnceWhenNothingIsWritten(int count) {
    put(0, count);
    List<Long> visited = new ArrayList<>();
    long cursor = 0;
    do {
      int before = visited.size();
      cursor = map.scan(cursor, 100, (scanned, entry) -> visited.add(number(scanned, entry)));
      if (cursor != 0) {
        assertThat(visited.size() - before).isBetween(100, 200);
      }
    } while (cursor != 0);
    assertThat(visited).hasSize(count).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 10, 100, 2_000})
  void visitsWhatIsPresentThroughoutAGrowth(int writesBetweenSteps) {
    put(0, 1_000);
    Set<Long> visited = new HashSet<>();
    long cursor = 0;
    int next = 1_000;
    do {
      cursor = map.scan(cursor, 5, (scanned, entry) -> visited.add(number(scanned, entry)));
      if (next < 60_000) {
        put(next, next + writesBetweenSteps);
        next += writesBetweenSteps;
      }
    } while (cursor != 0);
    for (long i = 0; i < 1_000; i++) {
      assertThat(visited).contains(i);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 10, 100, 2_000})
  void visitsWhatIsPresentThroughoutAShrinking(int removalsBetweenSteps) {
    put(0, 60_000);
    Set<Long> visited = new HashSet<>();
    long cursor = 0;
    int next = 1_000;
    do {
      cursor = map.scan(cursor, 5, (scanned, entry) -> visited.add(number(scanned, entry)));
      for (int i = 0; i < removalsBetweenSteps && next < 60_000; i++) {
        map.remove(TestKeys.key(next));
        next++;
      }
    } while (cursor != 0);
    for (long i = 0; i < 1_000; i++) {
      assertThat(visited).contains(i);
    }
  }

  @Test
  void startsAtEveryMomentOfAShrinking() {
    put(0, 30_000);
    for (int count = 30_000; count > 500; count--) {
      map.remove(TestKeys.key(count - 1));
      if (count % 97 == 0) {
        Set<Long> visited = new HashSet<>();
        map.scan(0, Integer.MAX_VALUE, (scanned, entry) -> visited.add(number(scanned, entry)));
        assertThat(visited).hasSize(count - 1);
      }
    }
    assertThat(map.statistics().buckets()).isLessThan(2_048);
  }

  @Test
  void startsAtEveryMomentOfAGrowth() {
    for (int count = 6_600; count < 8_000; count += 7) {
      put(0, count);
      Set<Long> visited = new HashSet<>();
      map.scan(0, Integer.MAX_VALUE, (scanned, entry) -> visited.add(number(scanned, entry)));
      assertThat(visited).hasSize(count);
    }
  }

  @Test
  void goesOnInAMapOfAnotherSize() {
    BucketMap smaller = TestMaps.map(42, PageBudget.unlimited());
    put(0, 20_000);
    for (int i = 0; i < 500; i++) {
      smaller.put(TestKeys.key(i), new byte[0], i, NO_DEADLINE);
    }
    Set<Long> visited = new HashSet<>();
    long cursor = map.scan(0, 7_000, (scanned, entry) -> visited.add(number(scanned, entry)));
    do {
      cursor = smaller.scan(cursor, 10, (scanned, entry) -> visited.add(number(scanned, entry)));
    } while (cursor != 0);
    for (long i = 0; i < 500; i++) {
      assertThat(visited).contains(i);
    }
  }

  /**
   * Growing, shrinking, or both: what is ahead of the cursor is what no step before has brought.
   */
  @ParameterizedTest
  @ValueSource(ints = {1, 10, 100, 2_000})
  void tellsWhatIsAhead(int writesBetweenSteps) {
    put(0, 30_000);
    List<Long> visited = new ArrayList<>();
    long cursor = 0;
    int next = 1_000;
    boolean isGrowing = false;
    do {
      long from = cursor;
      cursor =
          map.scan(
              cursor,
              5,
              (scanned, entry) -> {
                long number = number(scanned, entry);
                if (number < 1_000 && scanned.isAhead(entry, from)) {
                  visited.add(number);
                }
              });
      for (int i = 0; i < writesBetweenSteps; i++, next++) {
        isGrowing = next >= 30_000;
        if (isGrowing && next < 90_000) {
          put(next, next + 1);
        } else {
          map.remove(TestKeys.key(next));
        }
      }
    } while (cursor != 0);
    assertThat(visited).hasSize(1_000).doesNotHaveDuplicates();
  }

  @Test
  void letsTheVisitorRead() {
    put(0, 100);
    map.scan(
        0,
        Integer.MAX_VALUE,
        (scanned, entry) -> {
          assertThat(scanned).isSameAs(map);
          assertThat(scanned.find(scanned.key(entry))).isEqualTo(entry);
          assertThat(scanned.value(entry)).hasSize(scanned.valueLength(entry));
        });
  }

  @Test
  void refusesACursorThatIsNone() {
    assertThatThrownBy(() -> map.scan(-1, 1, (scanned, entry) -> {}))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> map.scan(1L << 32, 1, (scanned, entry) -> {}))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private void put(int from, int to) {
    for (int i = from; i < to; i++) {
      map.put(TestKeys.key(i), new byte[3], i, NO_DEADLINE);
    }
  }

  private static long number(BucketMap scanned, long entry) {
    return TestKeys.number(scanned.key(entry));
  }
}
