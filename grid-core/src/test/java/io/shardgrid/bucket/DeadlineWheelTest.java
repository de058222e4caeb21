package io.shardgrid.bucket;

import static io.shardgrid.bucket.BucketMap.NO_DEADLINE;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeadlineWheelTest {

  private static final long START = 1_764_000_000_000L;
  private static final int ALL = Integer.MAX_VALUE;

  private final BucketMap map = TestMaps.map(1, PageBudget.unlimited());

  /** Up to the years of the last level and beyond. */
  @ParameterizedTest
  @ValueSource(
      longs = {1, 255, 256, 16_384, 16_385, 1 << 20, 1L << 26, 1L << 32, 1L << 38, 1L << 45})
  void knowsWhatIsDueAQuarterOfASecondLate(long afterMillis) {
    map.passTime(START, ALL);
    put(1, START + afterMillis);
    map.passTime(START + afterMillis - 1, ALL);
    assertThat(due()).isEmpty();
    map.passTime(START + afterMillis + 256, ALL);
    assertThat(due()).containsExactly(1L);
  }

  @Test
  void knowsAtOnceWhatWasDueBeforeItCame() {
    map.passTime(START, ALL);
    put(1, START - 1_000);
    assertThat(due()).containsExactly(1L);
  }

  @Test
  void forgetsWhatIsRemovedOrGivenMoreTime() {
    map.passTime(START, ALL);
    for (int i = 0; i < 5; i++) {
      put(i, START + 100);
    }
    map.remove(TestKeys.key(0));
    map.expire(TestKeys.key(1), 9, NO_DEADLINE);
    map.expire(TestKeys.key(2), 9, START + 100_000);
    map.put(TestKeys.key(3), new byte[500], 9, NO_DEADLINE);
    map.passTime(START + 1_000, ALL);
    assertThat(due()).containsExactly(4L);
    map.remove(TestKeys.key(4));
    map.passTime(START + 200_000, ALL);
    assertThat(due()).containsExactly(2L);
  }

  @Test
  void takesNoMoreStepsThanItMay() {
    map.passTime(START, ALL);
    for (int i = 0; i < 1_000; i++) {
      put(i, START + 1_000_000);
    }
    int calls = 0;
    int before = 0;
    while (before < 1_000) {
      map.passTime(START + 2_000_000, 50);
      int now = due().size();
      assertThat(now - before).isBetween(0, 50);
      before = now;
      calls++;
    }
    // Each is looked at twice: from level 1 to level 0, from there to those that are due.
    assertThat(calls).isBetween(40, 60);
  }

  @Test
  void skipsYearsInWhichNothingHappens() {
    map.passTime(START, ALL);
    put(1, START + (1L << 40));
    map.passTime(START + (1L << 40) + 256, 2_000);
    assertThat(due()).containsExactly(1L);
  }

  @Test
  void visitsAsManyAsAsked() {
    map.passTime(START, ALL);
    for (int i = 0; i < 10; i++) {
      put(i, START + 1);
    }
    map.passTime(START + 300, ALL);
    assertThat(map.visitDue(3, (visited, entry) -> {})).isEqualTo(3);
    assertThat(map.visitDue(0, (visited, entry) -> {})).isZero();
    assertThat(map.visitDue(ALL, (visited, entry) -> {})).isEqualTo(10);
  }

  /** Every deadline, at random moments, against a plain map of deadlines. */
  @Test
  void isRightAtEveryMoment() {
    Random random = new Random(8);
    long now = START;
    Map<Long, Long> deadlines = new HashMap<>();
    map.passTime(now, ALL);
    for (int i = 0; i < 60_000; i++) {
      long number = random.nextInt(3_000);
      long deadline = now + (1L << random.nextInt(30)) + random.nextInt(500);
      put(number, deadline);
      deadlines.put(number, deadline);
      if (i % 10 == 0) {
        now += random.nextInt(5_000);
        long tick = now >> 8;
        map.passTime(now, ALL);
        List<Long> due = due();
        assertThat(due).doesNotHaveDuplicates();
        assertThat(due)
            .hasSize((int) deadlines.values().stream().filter(d -> d >> 8 < tick).count());
        for (long gone : due) {
          assertThat(deadlines.remove(gone) >> 8).isLessThan(tick);
          map.remove(TestKeys.key(gone));
        }
      }
    }
  }

  private void put(long number, long deadlineMillis) {
    map.put(TestKeys.key(number), new byte[10], 1, deadlineMillis);
  }

  private List<Long> due() {
    List<Long> due = new ArrayList<>();
    map.visitDue(ALL, (visited, entry) -> due.add(TestKeys.number(visited.key(entry))));
    return due;
  }
}
