package io.shardgrid.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.shardgrid.failure.GridConfigException;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LinkSettingsTest {

  private static final Config CONFIG =
      ConfigFactory.parseString(
          """
          link {
            frame-bytes = 128 KiB
            frame-bytes-max = 16 MiB
            outbox-bytes-max = 64 MiB
            operations-max = 1000
            operation-bytes-max = 48 MiB
            connect-timeout = 1 s
            reconnect-min = 20 ms
            reconnect-max = 1 s
            ping-interval = 500 ms
            silence-max = 3 s
          }
          """);

  private static LinkSettings with(String line) {
    return LinkSettings.from(ConfigFactory.parseString(line).withFallback(CONFIG));
  }

  @Test
  void readsEveryKey() {
    assertThat(LinkSettings.from(CONFIG))
        .isEqualTo(
            new LinkSettings(
                131072,
                16777216,
                67108864,
                1000,
                50331648,
                Duration.ofSeconds(1),
                Duration.ofMillis(20),
                Duration.ofSeconds(1),
                Duration.ofMillis(500),
                Duration.ofSeconds(3)));
  }

  @Test
  void namesAMissingKey() {
    assertThatThrownBy(() -> LinkSettings.from(CONFIG.withoutPath("link.silence-max")))
        .isInstanceOf(GridConfigException.class)
        .hasMessageContaining("silence-max");
  }

  @Test
  void namesAValueOfTheWrongKind() {
    assertThatThrownBy(() -> with("link.frame-bytes = large"))
        .isInstanceOf(GridConfigException.class)
        .hasMessageContaining("frame-bytes");
  }

  @Test
  void namesAValueOutOfBounds() {
    assertThatThrownBy(() -> with("link.outbox-bytes-max = 1 MiB"))
        .isInstanceOf(GridConfigException.class)
        .hasMessageContaining("key=grid.link.outbox-bytes-max, wanted=frame-bytes-max to 1 TiB")
        .hasMessageContaining("found=1048576");
    assertThatThrownBy(() -> with("link.silence-max = 600 ms"))
        .isInstanceOf(GridConfigException.class)
        .hasMessageContaining("key=grid.link.silence-max, wanted=twice ping-interval to 1 h");
    assertThatThrownBy(() -> with("link.frame-bytes-max = 8 GiB"))
        .isInstanceOf(GridConfigException.class)
        .hasMessageContaining("key=grid.link.frame-bytes-max");
  }

  @Test
  void reconnectsWithinItsBounds() {
    Backoff backoff = new Backoff(LinkSettings.from(CONFIG), new SplittableRandom(5));
    long[] stepsMillis = {20, 40, 80, 160, 320, 640, 1000, 1000};
    for (long step : stepsMillis) {
      assertThat(backoff.nextNanos()).isBetween(step * 500_000, step * 1_000_000);
    }
    backoff.reset();
    assertThat(backoff.nextNanos()).isBetween(10_000_000L, 20_000_000L);
  }

  @Test
  void pingsIdleLinksAndClosesSilentOnes() {
    Pulse pulse = new Pulse(LinkSettings.from(CONFIG));
    pulse.heard();
    pulse.sent();
    assertThat(pulse.beat()).isEqualTo(Pulse.Beat.REST);
    for (int i = 0; i < 5; i++) {
      assertThat(pulse.beat()).isEqualTo(Pulse.Beat.PING);
    }
    assertThat(pulse.beat()).isEqualTo(Pulse.Beat.CLOSE);
  }

  @Test
  void forgivesSilenceThatEnds() {
    Pulse pulse = new Pulse(LinkSettings.from(CONFIG));
    for (int i = 0; i < 50; i++) {
      pulse.sent();
      if (i % 5 == 0) {
        pulse.heard();
      }
      assertThat(pulse.beat()).isNotEqualTo(Pulse.Beat.CLOSE);
    }
  }
}
