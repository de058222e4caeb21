package io.shardgrid.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.shardgrid.failure.GridConfigException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class PlacementSettingsTest {

  private static final Config GOOD =
      ConfigFactory.parseString(
          """
          placement {
            virtual-nodes = 128
            expect = 3
            settle = 2s
            repeat = 200ms
            confirm = 5s
            prepare-attempts = 20
            moves-max = 4
            move-silence = 7s
            suspicion = 3s
          }
          """);

  @Test
  void readsEveryKey() {
    assertThat(PlacementSettings.from(GOOD))
        .isEqualTo(
            new PlacementSettings(
                128,
                3,
                Duration.ofSeconds(2),
                Duration.ofMillis(200),
                Duration.ofSeconds(5),
                20,
                4,
                Duration.ofSeconds(7),
                Duration.ofSeconds(3)));
  }

  @Test
  void namesAMissingKey() {
    assertRefused(GOOD.withoutPath("placement.settle"), "settle");
  }

  @Test
  void namesAKeyOfAnotherType() {
    assertRefused(with("placement.expect = many"), "expect");
  }

  @Test
  void namesAValueOutOfBounds() {
    assertRefused(
        with("placement.expect = 0"), "key=grid.placement.expect, wanted=1 to 1000, found=0");
    assertRefused(with("placement.repeat = 0s"), "key=grid.placement.repeat, wanted=PT0.001S");
    assertRefused(with("placement.settle = 2h"), "key=grid.placement.settle");
  }

  private static Config with(String line) {
    return ConfigFactory.parseString(line).withFallback(GOOD);
  }

  private static void assertRefused(Config config, String message) {
    assertThatThrownBy(() -> PlacementSettings.from(config))
        .isInstanceOf(GridConfigException.class)
        .hasMessageContaining(message);
  }
}
