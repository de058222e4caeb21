package io.shardgrid.bucket;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.key.Digest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContentHashTest {

  private final ContentHash hash = new ContentHash();

  /** Values of the published function with seed 0. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|0000000000000000|0000000000000000",
        "hello|cbd8a7b341bd9b02|5b1e906a48ae1d19",
        "hello, world|342fac623a5ebc8e|4cdcbc079642414d",
        "19 Jan 2038 at 3:14:07 AM|b89e5988b737affc|664fc2950231b2cb",
        "The quick brown fox jumps over the lazy dog.|cd99481f9ee902c9|695da1a38987b6e7"
      })
  void isMurmurHash3(String text, String first, String second) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    hash.begin(0, 0);
    hash.absorb(bytes, 0, bytes.length);
    assertThat("%016x".formatted(hash.low())).isEqualTo(first);
    assertThat("%016x".formatted(hash.high())).isEqualTo(second);
  }

  @Test
  void dependsOnTheBytesAloneAndNotOnTheirNeighbours() {
    for (int length = 0; length < 70; length++) {
      byte[] bytes = TestKeys.random(length, length);
      Digest alone = of(bytes, 0, length);
      for (int before : new int[] {0, 1, 7, 8, 20}) {
        for (int after : new int[] {0, 1, 7, 8, 20}) {
          byte[] among = TestKeys.random(99, before + length + after);
          System.arraycopy(bytes, 0, among, before, length);
          assertThat(of(among, before, length)).isEqualTo(alone);
        }
      }
    }
  }

  @Test
  void takesNumbersInAsTheirBytes() {
    byte[] bytes = TestKeys.random(1, 16);
    hash.begin(5, 6);
    hash.absorb(Layout.longAt(bytes, 0), Layout.longAt(bytes, 8));
    Digest numbers = new Digest(hash.high(), hash.low());
    hash.begin(5, 6);
    hash.absorb(bytes, 0, 16);
    assertThat(numbers).isEqualTo(new Digest(hash.high(), hash.low()));
    hash.begin(5, 6);
    hash.absorb(Layout.longAt(bytes, 0));
    Digest number = new Digest(hash.high(), hash.low());
    hash.begin(5, 6);
    hash.absorb(bytes, 0, 8);
    assertThat(number).isEqualTo(new Digest(hash.high(), hash.low()));
  }

  @Test
  void changesHalfOfItsBitsWithEachBitOfTheInput() {
    byte[] bytes = new byte[40];
    Digest before = of(bytes, 0, bytes.length);
    for (int bit = 0; bit < 8 * bytes.length; bit++) {
      byte[] changed = Arrays.copyOf(bytes, bytes.length);
      changed[bit >> 3] ^= (byte) (1 << (bit & 7));
      Digest after = of(changed, 0, changed.length);
      int differing =
          Long.bitCount(before.low() ^ after.low()) + Long.bitCount(before.high() ^ after.high());
      assertThat(differing).isBetween(35, 93);
    }
  }

  private Digest of(byte[] bytes, int from, int length) {
    hash.begin("m");
    hash.absorb(bytes, from, length);
    return new Digest(hash.high(), hash.low());
  }
}
