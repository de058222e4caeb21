package io.shardgrid.bucket;

import static io.shardgrid.bucket.BucketMap.NO_DEADLINE;
import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.key.Digest;
import io.shardgrid.key.EvictionPolicy;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DigestTest {

  private static final BigInteger MODULUS = BigInteger.ONE.shiftLeft(128);

  private final BucketMap map = TestMaps.map(1, PageBudget.unlimited());

  @Test
  void addsAndSubtractsModulo128Bits() {
    Random random = new Random(4);
    for (int i = 0; i < 1_000; i++) {
      Digest some = new Digest(random.nextLong(), random.nextLong());
      Digest others = new Digest(random.nextLong(), i % 3 == 0 ? -1 : random.nextLong());
      assertThat(number(some.plus(others)))
          .isEqualTo(number(some).add(number(others)).mod(MODULUS));
      assertThat(some.plus(others).minus(others)).isEqualTo(some);
    }
  }

  @Test
  void isWrittenAsHexadecimalDigits() {
    assertThat(new Digest(0x1f, -1)).hasToString("000000000000001fffffffffffffffff");
  }

  @Test
  void isZeroOfAnEmptyMap() {
    assertThat(map.digest()).isEqualTo(Digest.ZERO);
    map.put(TestKeys.key(1), new byte[7], 3, 9);
    map.put(TestKeys.key(2), new byte[20_000], 4, NO_DEADLINE);
    assertThat(map.digest()).isNotEqualTo(Digest.ZERO);
    map.remove(TestKeys.key(1));
    map.remove(TestKeys.key(2));
    assertThat(map.digest()).isEqualTo(Digest.ZERO);
    assertThat(map.contentDigest()).isEqualTo(Digest.ZERO);
    map.put(TestKeys.key(1), new byte[7], 3, 9);
    map.clear();
    assertThat(map.digest()).isEqualTo(Digest.ZERO);
  }

  @Test
  void addsUpOverParts() {
    BucketMap odd = TestMaps.map(2, PageBudget.unlimited());
    BucketMap even = TestMaps.map(3, PageBudget.unlimited());
    for (int i = 0; i < 100; i++) {
      map.put(TestKeys.key(i), TestKeys.random(i, i * 300), i, i % 3);
      (i % 2 == 0 ? even : odd).put(TestKeys.key(i), TestKeys.random(i, i * 300), i, i % 3);
    }
    assertThat(odd.digest().plus(even.digest())).isEqualTo(map.digest());
    assertThat(map.digest().minus(even.digest())).isEqualTo(odd.digest());
  }

  @Test
  void tellsEverythingOfAnEntryApart() {
    Digest plain = digestOf("m", new byte[] {1}, new byte[] {2}, 3, 4);
    assertThat(digestOf("m", new byte[] {1}, new byte[] {2}, 3, 4)).isEqualTo(plain);
    assertThat(digestOf("n", new byte[] {1}, new byte[] {2}, 3, 4)).isNotEqualTo(plain);
    assertThat(digestOf("m", new byte[] {2}, new byte[] {1}, 3, 4)).isNotEqualTo(plain);
    assertThat(digestOf("m", new byte[] {1, 2}, new byte[] {}, 3, 4)).isNotEqualTo(plain);
    assertThat(digestOf("m", new byte[] {}, new byte[] {1, 2}, 3, 4)).isNotEqualTo(plain);
    assertThat(digestOf("m", new byte[] {1}, new byte[] {2}, 4, 3)).isNotEqualTo(plain);
  }

  @Test
  void leavesVersionsOutOfTheContents() {
    map.put(TestKeys.key(1), new byte[] {2}, 3, 4);
    Digest contents = map.contentDigest();
    map.put(TestKeys.key(1), new byte[] {2}, 5, 4);
    assertThat(map.contentDigest()).isEqualTo(contents);
    map.expire(TestKeys.key(1), 5, 6);
    assertThat(map.contentDigest()).isNotEqualTo(contents);
    map.expire(TestKeys.key(1), 7, 4);
    assertThat(map.contentDigest()).isEqualTo(contents);
  }

  /** It is kept by nodes of different versions: what it is of these entries may never change. */
  @Test
  void isFixedForEver() {
    map.put("key".getBytes(StandardCharsets.UTF_8), new byte[] {1, 2, 3}, 7, 0);
    assertThat(map.digest()).hasToString("ff5024b218d45410cff93fb9f79d0722");
    assertThat(map.contentDigest()).hasToString("16fecb1b3ceea98ad2926d35abf02106");
    map.put(new byte[300], new byte[40_000], 8, 1_700_000_000_000L);
    assertThat(map.digest()).hasToString("6210516a5a7b915c8ea62f123d3bacc3");
  }

  private static Digest digestOf(
      String name, byte[] key, byte[] value, long version, long deadlineMillis) {
    BucketMap map = new BucketMap(name, 1, EvictionPolicy.LRU, PageBudget.unlimited());
    map.put(key, value, version, deadlineMillis);
    return map.digest();
  }

  private static BigInteger number(Digest digest) {
    return new BigInteger(digest.toString(), 16);
  }
}
