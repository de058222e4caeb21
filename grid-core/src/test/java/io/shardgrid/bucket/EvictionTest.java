package io.shardgrid.bucket;

import static io.shardgrid.bucket.BucketMap.ABSENT;
import static io.shardgrid.bucket.BucketMap.NO_DEADLINE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.shardgrid.key.EvictionPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EvictionTest {

  private static final int KEYS = 20_000;
  private static final int CAPACITY = 2_000;
  private static final int[] TRACE = AccessTrace.zipfian(7, KEYS, 0.9, 400_000);

  @Test
  void hitsNearlyAsOftenAsExactLru() {
    double exact = BoundedCache.exactLru(CAPACITY).hitRate(TRACE);
    double sampled = BoundedCache.bucketMap(EvictionPolicy.LRU, CAPACITY).hitRate(TRACE);
    assertThat(sampled).isCloseTo(exact, within(0.01));
  }

  @Test
  void hitsNearlyAsOftenAsExactLfu() {
    double exact = BoundedCache.exactLfu(CAPACITY).hitRate(TRACE);
    double sampled = BoundedCache.bucketMap(EvictionPolicy.LFU, CAPACITY).hitRate(TRACE);
    assertThat(sampled).isGreaterThan(exact);
  }

  @Test
  void forgetsWithLfuWhatWasPopularOnce() {
    int[] shifting = AccessTrace.shifting(7, KEYS, 0.9, 400_000, 4);
    double exact = BoundedCache.exactLfu(CAPACITY).hitRate(shifting);
    double decaying = BoundedCache.bucketMap(EvictionPolicy.LFU, CAPACITY).hitRate(shifting);
    assertThat(decaying).isGreaterThan(exact);
  }

  /** Among entries used in a known order the victims are old ones. */
  @Test
  void picksOldEntries() {
    BucketMap map = TestMaps.map(EvictionPolicy.LRU, PageBudget.unlimited());
    int count = 10_000;
    for (int i = 0; i < count; i++) {
      map.put(TestKeys.key(i), new byte[8], 1, NO_DEADLINE);
    }
    for (int i = 0; i < count; i++) {
      map.touch(map.find(TestKeys.key(i)));
    }
    int fromOldestHalf = 0;
    for (int i = 0; i < 1_000; i++) {
      byte[] key = map.key(map.victim());
      fromOldestHalf += TestKeys.number(key) < count / 2 ? 1 : 0;
      map.remove(key);
    }
    assertThat(fromOldestHalf).isGreaterThan(990);
  }

  @ParameterizedTest
  @EnumSource(names = {"LRU", "LFU"})
  void prefersWhatIsNotUsed(EvictionPolicy policy) {
    BucketMap map = TestMaps.map(policy, PageBudget.unlimited());
    for (int i = 0; i < 1_000; i++) {
      map.put(TestKeys.key(i), new byte[8], 1, NO_DEADLINE);
    }
    for (int round = 0; round < 20; round++) {
      for (int i = 0; i < 100; i++) {
        assertThat(map.get(TestKeys.key(i))).isNotNull();
      }
    }
    for (int i = 0; i < 800; i++) {
      map.remove(map.key(map.victim()));
    }
    for (int i = 0; i < 100; i++) {
      assertThat(map.find(TestKeys.key(i))).isNotEqualTo(ABSENT);
    }
  }

  @Test
  void namesNobodyWithoutAPolicyOrEntries() {
    BucketMap plain = TestMaps.map(EvictionPolicy.NONE, PageBudget.unlimited());
    plain.put(TestKeys.key(1), new byte[8], 1, NO_DEADLINE);
    assertThat(plain.victim()).isEqualTo(ABSENT);
    assertThat(TestMaps.map(EvictionPolicy.LRU, PageBudget.unlimited()).victim()).isEqualTo(ABSENT);
  }
}
