package io.shardgrid.map;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.failure.CodecException;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Any value comes back, and any damage is a {@link CodecException} or another value. */
class Lz4CodecPropertyTest {

  private static final int HEADER_BYTES = 5;
  private static final int EXPANSION_MAX = 255;

  @Property
  void givesBackWhatItTook(
      @ForAll @Size(max = 300) byte[] piece,
      @ForAll @IntRange(max = 40) int repeats,
      @ForAll @IntRange(max = 3_000) int fromBytes) {
    Codec<byte[]> codec = Codecs.lz4(Codecs.bytes(), fromBytes);
    byte[] value = repeated(piece, repeats);
    byte[] stored = codec.encode(value);
    assertThat(stored.length).isLessThanOrEqualTo(1 + value.length);
    assertThat(codec.encode(value.clone())).isEqualTo(stored);
    assertThat(codec.decode(stored)).isEqualTo(value);
  }

  @Property(tries = 3_000)
  void failsTypedOverWhatIsDamaged(@ForAll long seed, @ForAll @IntRange(max = 20) int changes) {
    Random random = new Random(seed);
    Codec<byte[]> codec = Codecs.lz4(Codecs.bytes(), 0);
    byte[] stored = codec.encode(someValue(random));
    for (int i = 0; i < changes; i++) {
      stored[random.nextInt(stored.length)] = (byte) random.nextInt();
    }
    // The first byte stays mostly, and so does the length: else few would come to the block.
    stored[0] = (byte) (random.nextInt(8) == 0 ? random.nextInt() : 1);
    int cut = random.nextInt(4) == 0 ? random.nextInt(stored.length) : stored.length;
    decodeOrFailTyped(codec, Arrays.copyOf(stored, cut));
  }

  @Property(tries = 3_000)
  void failsTypedOverWhatWasNeverCompressed(
      @ForAll @Size(max = 200) byte[] block, @ForAll @IntRange(max = 60_000) int length) {
    byte[] stored = new byte[HEADER_BYTES + block.length];
    stored[0] = 1;
    stored[2] = (byte) (length >>> 16);
    stored[3] = (byte) (length >>> 8);
    stored[4] = (byte) length;
    System.arraycopy(block, 0, stored, HEADER_BYTES, block.length);
    decodeOrFailTyped(Codecs.lz4(Codecs.bytes(), 0), stored);
  }

  @Property
  void failsTypedOverAnyBytes(@ForAll @Size(max = 100) byte[] bytes) {
    decodeOrFailTyped(Codecs.lz4(Codecs.bytes(), 0), bytes);
  }

  /** Whatever else is thrown fails the test. */
  private static void decodeOrFailTyped(Codec<byte[]> codec, byte[] stored) {
    byte[] before = stored.clone();
    try {
      assertThat(codec.decode(stored).length).isLessThanOrEqualTo(EXPANSION_MAX * stored.length);
    } catch (CodecException e) {
      assertThat(e).hasMessageContaining("value");
    }
    assertThat(stored).isEqualTo(before);
  }

  private static byte[] someValue(Random random) {
    byte[] piece = new byte[1 + random.nextInt(50)];
    random.nextBytes(piece);
    return repeated(piece, 1 + random.nextInt(100));
  }

  private static byte[] repeated(byte[] piece, int repeats) {
    byte[] value = new byte[piece.length * repeats];
    for (int i = 0; i < repeats; i++) {
      System.arraycopy(piece, 0, value, i * piece.length, piece.length);
    }
    return value;
  }
}
