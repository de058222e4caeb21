package io.shardgrid.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.map.Codec;
import io.shardgrid.map.Codecs;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What an embedded grid reads and writes, a client does, without Pekko's libraries. */
final class ClientCodecsTest {

  record Visit(Instant at, LocalDate day, Duration stay, Optional<String> note, List<Long> pages) {}

  private static final Visit VISIT =
      new Visit(
          Instant.ofEpochSecond(1_700_000_000, 5),
          LocalDate.of(2026, 2, 3),
          Duration.ofSeconds(7),
          Optional.of("again"),
          List.of(1L, 2L));

  @Test
  void knowTimesAndOptionals() {
    for (Codec<Visit> codec : List.of(Codecs.json(Visit.class), Codecs.cbor(Visit.class))) {
      assertThat(codec.decode(codec.encode(VISIT))).isEqualTo(VISIT);
    }
  }
}
