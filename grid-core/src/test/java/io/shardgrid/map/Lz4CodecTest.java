package io.shardgrid.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shardgrid.failure.CodecException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is compressed, what is not, and what is said about bytes that make no sense. */
final class Lz4CodecTest {

  private static final int VALUE_BYTES_MAX = 8 << 20;

  private final Codec<String> texts = Codecs.lz4(Codecs.string(), 100);

  @Test
  void leavesSmallValuesAsTheyAreBehindAMarker() {
    String text = "a".repeat(99);
    byte[] stored = texts.encode(text);
    assertThat(stored).hasSize(100);
    assertThat(stored[0]).isZero();
    assertThat(new String(stored, 1, 99, StandardCharsets.UTF_8)).isEqualTo(text);
    assertThat(texts.decode(stored)).isEqualTo(text);
    assertThat(texts.decode(texts.encode(""))).isEmpty();
  }

  @Test
  void compressesLargerOnes() {
    String text = "a".repeat(100_000);
    byte[] stored = texts.encode(text);
    assertThat(stored.length).isLessThan(1_000);
    assertThat(stored[0]).isOne();
    assertThat(texts.decode(stored)).isEqualTo(text);
  }

  @Test
  void leavesWhatWouldNotBecomeSmallerAsItIs() {
    byte[] noise = new byte[10_000];
    new Random(1).nextBytes(noise);
    Codec<byte[]> codec = Codecs.lz4(Codecs.bytes(), 0);
    byte[] stored = codec.encode(noise);
    assertThat(stored).hasSize(10_001);
    assertThat(stored[0]).isZero();
    assertThat(codec.decode(stored)).isEqualTo(noise);
  }

  @Test
  void takesTheLargestValueAndNoLarger() {
    Codec<byte[]> codec = Codecs.lz4(Codecs.bytes(), 100);
    byte[] largest = new byte[VALUE_BYTES_MAX];
    assertThat(codec.decode(codec.encode(largest))).isEqualTo(largest);
    assertThatThrownBy(() -> codec.encode(new byte[VALUE_BYTES_MAX + 1]))
        .isInstanceOf(CodecException.class)
        .hasMessageContainingAll("too large", "bytes=8388609", "limit=8388608");
  }

  @Test
  void saysWhatIsWrongWithTheBytes() {
    assertFails("is empty", new byte[0]);
    assertFails("not written through LZ4: firstByte=123", '{', '}');
    assertFails("ends too early: bytes=5", 1, 0, 0, 0, 1);
    assertFails("length=4294967295", 1, 0xFF, 0xFF, 0xFF, 0xFF, 0);
    assertFails("length=8388608, blockBytes=1", 1, 0, 0x80, 0, 0, 0);
    assertFails("length=8388609", 1, 0, 0x80, 0, 1, 0);
    assertFails("damaged: length=1", 1, 0, 0, 0, 1, 0x10);
    assertFails("damaged: length=2, decompressed=1", 1, 0, 0, 0, 2, 0x10, 'a');
    assertThat(texts.decode(bytes(1, 0, 0, 0, 1, 0x10, 'a'))).isEqualTo("a");
  }

  @Test
  void isNotForKeysAndWantsASize() {
    assertThat(texts.isForKeys()).isFalse();
    assertThat(Codecs.string().isForKeys()).isTrue();
    assertThat(texts.describe()).isEqualTo("java.lang.String through LZ4");
    assertThatThrownBy(() -> Codecs.lz4(Codecs.string(), -1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("fromBytes=-1");
  }

  private void assertFails(String message, int... stored) {
    assertFails(message, bytes(stored));
  }

  private void assertFails(String message, byte[] stored) {
    assertThatThrownBy(() -> texts.decode(stored))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining(message);
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }
}
