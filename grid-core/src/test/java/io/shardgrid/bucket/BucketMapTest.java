package io.shardgrid.bucket;

import static io.shardgrid.bucket.BucketMap.ABSENT;
import static io.shardgrid.bucket.BucketMap.KEY_BYTES_MAX;
import static io.shardgrid.bucket.BucketMap.NO_DEADLINE;
import static io.shardgrid.bucket.BucketMap.VALUE_BYTES_MAX;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shardgrid.bucket.BucketMap.Stored;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BucketMapTest {

  private static final long SEED = 42;

  private final PageBudget budget = PageBudget.unlimited();
  private final BucketMap map = TestMaps.map(SEED, budget);

  @Test
  void reservesNothingBeforeTheFirstPut() {
    assertThat(map.find(TestKeys.key(1))).isEqualTo(ABSENT);
    assertThat(map.remove(TestKeys.key(1))).isFalse();
    assertThat(map.expire(TestKeys.key(1), 1, 1)).isFalse();
    assertThat(budget.reservedBytes()).isZero();
    assertThat(map.entries()).isZero();
    assertThat(map.liveBytes()).isZero();
  }

  @Test
  void takesLessThanAKibibyteForAFewEntries() {
    for (int i = 0; i < 8; i++) {
      map.put(TestKeys.key(i), new byte[10], i, NO_DEADLINE);
    }
    assertThat(map.reservedBytes()).isLessThan(1_024).isEqualTo(budget.reservedBytes());
  }

  @Test
  void storesAndReplaces() {
    byte[] key = TestKeys.key(1);
    assertThat(map.put(key, new byte[] {1}, 7, NO_DEADLINE)).isEqualTo(Stored.INSERTED);
    assertEntry(key, new byte[] {1}, 7, NO_DEADLINE);
    assertThat(map.put(key, new byte[] {2, 3}, 8, 1_000)).isEqualTo(Stored.REPLACED);
    assertEntry(key, new byte[] {2, 3}, 8, 1_000);
    assertThat(map.entries()).isOne();
    assertThat(map.entriesWithDeadline()).isOne();
    assertThat(map.put(key, new byte[] {}, -1, NO_DEADLINE)).isEqualTo(Stored.REPLACED);
    assertEntry(key, new byte[] {}, -1, NO_DEADLINE);
    assertThat(map.entriesWithDeadline()).isZero();
  }

  @Test
  void keepsCopies() {
    byte[] key = {1};
    byte[] value = {2};
    map.put(key, value, 1, NO_DEADLINE);
    value[0] = 9;
    key[0] = 9;
    byte[] copy = map.value(map.find(new byte[] {1}));
    copy[0] = 9;
    assertThat(map.value(map.find(new byte[] {1}))).containsExactly(2);
  }

  @Test
  void comparesValuesWithoutCopying() {
    map.put(TestKeys.key(1), new byte[] {1, 2}, 1, NO_DEADLINE);
    long entry = map.find(TestKeys.key(1));
    assertThat(map.valueEquals(entry, new byte[] {1, 2})).isTrue();
    assertThat(map.valueEquals(entry, new byte[] {1, 3})).isFalse();
    assertThat(map.valueEquals(entry, new byte[] {1})).isFalse();
    assertThat(map.valueEquals(entry, new byte[] {1, 2, 0})).isFalse();
  }

  @Test
  void removes() {
    map.put(TestKeys.key(1), new byte[5], 1, 77);
    assertThat(map.remove(TestKeys.key(1))).isTrue();
    assertThat(map.remove(TestKeys.key(1))).isFalse();
    assertThat(map.find(TestKeys.key(1))).isEqualTo(ABSENT);
    assertThat(map.entries()).isZero();
    assertThat(map.entriesWithDeadline()).isZero();
    assertThat(map.liveBytes()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 60, 255, 256, 16_384, 16_385, 40_000})
  void givesAnEntryADeadlineAndTakesItAgain(int valueLength) {
    byte[] value = TestKeys.random(1, valueLength);
    for (int i = 0; i < 20; i++) {
      map.put(TestKeys.key(i), value, 1, NO_DEADLINE);
    }
    final long before = map.liveBytes();
    assertThat(map.expire(TestKeys.key(3), 2, 5_000)).isTrue();
    assertEntry(TestKeys.key(3), value, 2, 5_000);
    assertThat(map.entriesWithDeadline()).isOne();
    assertThat(map.expire(TestKeys.key(3), 3, 6_000)).isTrue();
    assertEntry(TestKeys.key(3), value, 3, 6_000);
    assertThat(map.expire(TestKeys.key(3), 4, NO_DEADLINE)).isTrue();
    assertEntry(TestKeys.key(3), value, 4, NO_DEADLINE);
    assertThat(map.entriesWithDeadline()).isZero();
    assertThat(map.liveBytes()).isEqualTo(before);
    assertThat(map.entries()).isEqualTo(20);
    assertEntry(TestKeys.key(4), value, 1, NO_DEADLINE);
  }

  @Test
  void holdsValuesOfAllLengths() {
    int block = EntryBytes.VALUE_IN_PAGE_MAX;
    int[] lengths = {0, 1, 255, 256, block, block + 1, 1 << 20, VALUE_BYTES_MAX};
    for (int length : lengths) {
      map.put(TestKeys.key(length), TestKeys.random(length, length), length, NO_DEADLINE);
    }
    for (int length : lengths) {
      assertEntry(TestKeys.key(length), TestKeys.random(length, length), length, NO_DEADLINE);
    }
    for (int length : lengths) {
      byte[] other = TestKeys.random(1, VALUE_BYTES_MAX - length);
      assertThat(map.put(TestKeys.key(length), other, 1, 9)).isEqualTo(Stored.REPLACED);
      assertEntry(TestKeys.key(length), other, 1, 9);
    }
  }

  @Test
  void holdsKeysOfAllLengths() {
    int[] lengths = {0, 1, 255, 256, 40_000, KEY_BYTES_MAX};
    for (int length : lengths) {
      map.put(TestKeys.random(length, length), new byte[] {1}, length, NO_DEADLINE);
    }
    for (int length : lengths) {
      assertEntry(TestKeys.random(length, length), new byte[] {1}, length, NO_DEADLINE);
      assertThat(map.remove(TestKeys.random(length, length))).isTrue();
    }
  }

  @Test
  void refusesKeysAndValuesBeyondTheLimits() {
    assertThatThrownBy(() -> map.put(new byte[KEY_BYTES_MAX + 1], new byte[0], 1, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("key is too long: length=65536, lengthMax=65535");
    assertThatThrownBy(() -> map.put(new byte[1], new byte[VALUE_BYTES_MAX + 1], 1, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(map.find(new byte[KEY_BYTES_MAX + 1])).isEqualTo(ABSENT);
  }

  @Test
  void findsEveryKeyThroughAllGrowths() {
    int count = 60_000;
    for (int i = 0; i < count; i++) {
      map.put(TestKeys.key(i), TestKeys.key(i), i, NO_DEADLINE);
      assertThat(map.find(TestKeys.key(i / 2))).isNotEqualTo(ABSENT);
      assertThat(map.find(TestKeys.key(i + 1))).isEqualTo(ABSENT);
    }
    for (int i = 0; i < count; i++) {
      assertEntry(TestKeys.key(i), TestKeys.key(i), i, NO_DEADLINE);
    }
    assertThat(map.entries()).isEqualTo(count);
    assertThat(map.liveBytes()).isEqualTo(count * 43L);
    for (int i = 0; i < count; i++) {
      assertThat(map.remove(TestKeys.key(i))).isTrue();
    }
    assertThat(map.entries()).isZero();
    assertThat(budget.reservedBytes()).isZero();
  }

  @Test
  void takes140BytesAnEntryOf116AtAMillion() {
    int count = 1_000_000;
    byte[] value = new byte[100];
    for (int i = 0; i < count; i++) {
      map.put(TestKeys.key(i), value, i, NO_DEADLINE);
    }
    assertThat(map.reservedBytes()).isLessThanOrEqualTo(140L * count);
  }

  @Test
  void isSensibleForFourThousandEntries() {
    for (int i = 0; i < 4_096; i++) {
      map.put(TestKeys.key(i), new byte[100], i, NO_DEADLINE);
    }
    assertThat(map.reservedBytes()).isLessThan(160 * 4_096);
  }

  @Test
  void holdsKeysThatShareABucketAndATophash() {
    byte[][] keys = TestKeys.colliding(SEED, 8, 100);
    for (int i = 0; i < keys.length; i++) {
      assertThat(map.put(keys[i], TestKeys.key(i), i, NO_DEADLINE)).isEqualTo(Stored.INSERTED);
    }
    for (int i = 0; i < keys.length; i++) {
      assertEntry(keys[i], TestKeys.key(i), i, NO_DEADLINE);
    }
    for (int i = 0; i < keys.length; i += 2) {
      assertThat(map.remove(keys[i])).isTrue();
    }
    for (int i = 0; i < keys.length; i++) {
      assertThat(map.find(keys[i]) == ABSENT).isEqualTo(i % 2 == 0);
    }
  }

  /** Who does not know the seed finds no keys that meet. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void isNotHurtByKeysThatCollideInOtherHashes(int kind) {
    int count = 50_000;
    for (int i = 0; i < count; i++) {
      map.put(AdversarialKeys.ofKind(kind).apply(i), new byte[4], i, NO_DEADLINE);
    }
    BucketMap plain = TestMaps.map(SEED, PageBudget.unlimited());
    for (int i = 0; i < count; i++) {
      plain.put(TestKeys.key(i), new byte[4], i, NO_DEADLINE);
    }
    assertThat(map.statistics().buckets()).isEqualTo(plain.statistics().buckets());
    assertThat(map.statistics().overflowBuckets())
        .isLessThan(plain.statistics().overflowBuckets() * 6 / 5);
    for (int i = 0; i < count; i++) {
      assertThat(map.version(map.find(AdversarialKeys.ofKind(kind).apply(i)))).isEqualTo(i);
    }
    assertThat(AdversarialKeys.crc16(AdversarialKeys.sameCrc16(7), 10)).isZero();
    assertThat(new String(AdversarialKeys.sameStringHash(7), US_ASCII).hashCode())
        .isEqualTo(new String(AdversarialKeys.sameStringHash(8), US_ASCII).hashCode());
  }

  @Test
  void keepsALargeValueInTheArrayItCameIn() {
    byte[] value = TestKeys.random(1, 100_000);
    map.put(TestKeys.key(1), value, 1, NO_DEADLINE);
    assertThat(map.value(map.find(TestKeys.key(1)))).isSameAs(value);
    assertThat(map.get(TestKeys.key(1))).isSameAs(value);
    map.expire(TestKeys.key(1), 2, 9);
    assertThat(map.get(TestKeys.key(1))).isSameAs(value);
    assertThat(map.reservedBytes()).isBetween(100_016L, 110_000L);
    map.put(TestKeys.key(1), new byte[10], 3, NO_DEADLINE);
    assertThat(budget.reservedBytes()).isLessThan(10_000);
    assertThat(map.statistics().extents()).isZero();
  }

  @Test
  void usesTheBytesOfReplacedAndRemovedEntriesAgain() {
    Random random = new Random(3);
    int live = 4_000;
    for (int i = 0; i < live; i++) {
      map.put(TestKeys.key(i), new byte[random.nextInt(400)], i, NO_DEADLINE);
    }
    long before = map.reservedBytes();
    for (int i = 0; i < 40 * live; i++) {
      int number = random.nextInt(live);
      if (random.nextBoolean()) {
        map.remove(TestKeys.key(number));
      }
      map.put(TestKeys.key(number), new byte[random.nextInt(400)], i, NO_DEADLINE);
    }
    assertThat(map.reservedBytes()).isLessThan(before * 3 / 2);
  }

  @Test
  void keepsChainsShortWhenKeysComeAndGo() {
    // One entry short of the next growth: 1,024 buckets, 6.5 entries each.
    int live = 6_656;
    long number = 0;
    for (; number < live; number++) {
      map.put(TestKeys.key(number), new byte[10], number, NO_DEADLINE);
    }
    long most = map.reservedBytes();
    for (; number < 50L * live; number++) {
      assertThat(map.remove(TestKeys.key(number - live))).isTrue();
      map.put(TestKeys.key(number), new byte[10], number, NO_DEADLINE);
      most = Math.max(most, map.reservedBytes());
    }
    assertThat(map.entries()).isEqualTo(live);
    // 40 bytes a block, and at most two tables of 1,536 buckets of 44 bytes, each rounded up.
    assertThat(most).isLessThan(600_000);
  }

  @Test
  void clearsInOneStep() {
    for (int i = 0; i < 10_000; i++) {
      map.put(TestKeys.key(i), new byte[10], i, 5);
    }
    map.clear();
    assertThat(budget.reservedBytes()).isZero();
    assertThat(map.entries()).isZero();
    assertThat(map.entriesWithDeadline()).isZero();
    assertThat(map.liveBytes()).isZero();
    assertThat(map.find(TestKeys.key(1))).isEqualTo(ABSENT);
    assertThat(map.put(TestKeys.key(1), new byte[10], 1, 5)).isEqualTo(Stored.INSERTED);
  }

  private void assertEntry(byte[] key, byte[] value, long version, long deadlineMillis) {
    long entry = map.find(key);
    assertThat(entry).isNotEqualTo(ABSENT);
    assertThat(map.key(entry)).isEqualTo(key);
    assertThat(map.value(entry)).isEqualTo(value);
    assertThat(map.valueLength(entry)).isEqualTo(value.length);
    assertThat(map.version(entry)).isEqualTo(version);
    assertThat(map.deadlineMillis(entry)).isEqualTo(deadlineMillis);
  }
}
