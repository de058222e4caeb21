package io.shardgrid.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shardgrid.failure.CodecException;
import io.shardgrid.map.Codec;
import io.shardgrid.map.Codecs;
import org.junit.jupiter.api.Test;

/** Which codecs a map takes, and what its failures name. */
final class EntryCodecTest {

  private final Codec<String> compressed = Codecs.lz4(Codecs.string(), 10);

  @Test
  void refusesACodecThatIsNotForKeys() {
    assertThatThrownBy(() -> new EntryCodec<>("m", compressed, compressed))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("not for keys", "map=m", "java.lang.String through LZ4");
  }

  @Test
  void namesMapAndKeyOfAValueThatIsDamaged() {
    EntryCodec<String, String> codec = new EntryCodec<>("m", Codecs.string(), compressed);
    byte[] stored = codec.value("k", "a".repeat(100));
    assertThat(codec.decodeValue("k", stored)).hasSize(100);
    stored[5] = (byte) 0xFF;
    assertThatThrownBy(() -> codec.decodeValue("k", stored))
        .isInstanceOf(CodecException.class)
        .hasMessageContainingAll("map=m", "key=k", "through LZ4", "damaged");
  }
}
