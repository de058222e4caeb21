package io.shardgrid.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import io.shardgrid.failure.GridConfigException;
import org.junit.jupiter.api.Test;

class MapsSettingsTest {

  private static final String GOOD =
      """
      shards = 64
      maps {
        "*" { eviction = none, bytes-max = off }
        sessions { eviction = lru, bytes-max = 64 MiB }
        "a.b" { eviction = lfu }
      }
      """;

  private final MapsSettings settings = read(GOOD);

  @Test
  void readsNamedMapsAndTheOthers() {
    assertThat(settings.of("sessions")).isEqualTo(new MapSettings(EvictionPolicy.LRU, 64 << 20));
    assertThat(settings.of("any"))
        .isEqualTo(new MapSettings(EvictionPolicy.NONE, MapSettings.UNLIMITED));
  }

  @Test
  void takesFromTheOthersWhatANamedMapLeavesOut() {
    assertThat(settings.of("a.b"))
        .isEqualTo(new MapSettings(EvictionPolicy.LFU, MapSettings.UNLIMITED));
  }

  @Test
  void dividesALimitAmongTheShards() {
    assertThat(settings.of("sessions").shardBytesMax(64)).isEqualTo(1 << 20);
    assertThat(settings.of("any").shardBytesMax(64)).isEqualTo(MapSettings.UNLIMITED);
  }

  @Test
  void namesAMapThatDiffers() {
    assertThat(settings.differing(settings.texts())).isNull();
    assertThat(settings.differing(read(GOOD.replace("lru", "lfu")).texts())).isEqualTo("sessions");
    assertThat(settings.differing(MapsSettings.plain().texts())).isEqualTo("a.b");
    assertThat(MapsSettings.plain().differing(settings.texts())).isEqualTo("a.b");
  }

  @Test
  void namesTheKeyOfWhatDoesNotFit() {
    assertFails(GOOD.replace("lru", "fifo"), "key=grid.maps.sessions.eviction", "found=fifo");
    assertFails(GOOD.replace("64 MiB", "64 KiB"), "key=grid.maps.sessions.bytes-max", "65536");
    assertFails(GOOD.replace("off", "lots"), "section=grid.maps", "bytes-max");
  }

  private static MapsSettings read(String text) {
    return MapsSettings.from(ConfigFactory.parseString(text));
  }

  private static void assertFails(String text, String... words) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(GridConfigException.class)
        .hasMessageContainingAll(words);
  }
}
