package io.shardgrid.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shardgrid.failure.CodecException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One codec a class and format; what it writes and skips. */
final class JacksonCodecTest {

  private record Town(String name, long population) {}

  @Test
  void isMadeOnceForAClass() {
    assertThat(Codecs.json(Town.class)).isSameAs(Codecs.json(Town.class));
    assertThat(Codecs.cbor(Town.class)).isSameAs(Codecs.cbor(Town.class));
    assertThat(Codecs.cbor(Town.class)).isNotSameAs(Codecs.json(Town.class));
    assertThat(Codecs.json(Town.class).describe()).isEqualTo(Town.class.getName());
    assertThat(Codecs.json(String.class).decode(Codecs.json(String.class).encode("a")))
        .isEqualTo("a");
  }

  @Test
  void givesBackWhatItTook() {
    Town town = new Town("Sant Julià de Lòria", 8022);
    for (Codec<Town> codec : List.of(Codecs.json(Town.class), Codecs.cbor(Town.class))) {
      assertThat(codec.decode(codec.encode(town))).isEqualTo(town);
    }
    assertThat(new String(Codecs.json(Town.class).encode(town), StandardCharsets.UTF_8))
        .isEqualTo("{\"name\":\"Sant Julià de Lòria\",\"population\":8022}");
  }

  @Test
  void namesTheClassOfWhatItCannotRead() {
    assertThatThrownBy(() -> Codecs.json(Town.class).decode(new byte[] {'{'}))
        .isInstanceOf(CodecException.class)
        .hasMessageContainingAll("JSON", Town.class.getName());
    assertThatThrownBy(() -> Codecs.json(Object.class).encode(new Object()))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("a record or a bean");
  }
}
