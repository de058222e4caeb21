package io.shardgrid.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import io.shardgrid.failure.GridConfigException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class ReplicaSettingsTest {

  private static final String GOOD =
      """
      grid.shard {
        held-operations-max = 1
        held-bytes-max = 2 KiB
        open-writes-max = 3
        answer-bytes-max = 4 KiB
        clients-max = 5
        client-silence = 6 minutes
        maps-max = 7
        page-entries-max = 8
        page-bytes-max = 9 KiB
        sweep-entries-max = 10
        evictions-max = 11
      }
      """;

  @Test
  void readsEveryKey() {
    assertThat(read(GOOD))
        .isEqualTo(
            new ReplicaSettings(1, 2_048, 3, 4_096, 5, Duration.ofMinutes(6), 7, 8, 9_216, 10, 11));
  }

  @Test
  void namesAMissingKey() {
    assertFails(GOOD.replace("maps-max = 7", ""), "section=grid.shard", "maps-max");
  }

  @Test
  void namesWhatItFoundInstead() {
    assertFails(GOOD.replace("6 minutes", "soon"), "section=grid.shard", "client-silence");
    assertFails(GOOD.replace("6 minutes", "0"), "key=grid.shard.client-silence", "found=PT0S");
    assertFails(GOOD.replace("maps-max = 7", "maps-max = -7"), "grid.shard.maps-max", "found=-7");
    assertFails("grid { }", "section=grid.shard");
  }

  private static ReplicaSettings read(String text) {
    return ReplicaSettings.from(ConfigFactory.parseString(text).getConfig("grid"));
  }

  private static void assertFails(String text, String... words) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(GridConfigException.class)
        .hasMessageContainingAll(words);
  }
}
