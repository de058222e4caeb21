package io.shardgrid.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class CopyPaceTest {

  private static final long SECOND = 1_000_000_000;

  private final CopyPace pace = new CopyPace(1_000);

  @Test
  void letsNoMoreThroughThanItsPace() {
    long sent = 0;
    for (long now = -5 * SECOND; now < 5 * SECOND; now += SECOND / 100) {
      while (pace.isOpen(now)) {
        pace.sent(30);
        sent += 30;
      }
    }
    assertThat(sent).isBetween(9_900L, 10_200L);
  }

  @Test
  void keepsLittleOfWhatWasNotUsed() {
    assertThat(pace.isOpen(0)).isTrue();
    pace.sent(100);
    assertThat(pace.isOpen(0)).isFalse();
    assertThat(pace.isOpen(100 * SECOND)).isTrue();
    pace.sent(100);
    assertThat(pace.isOpen(100 * SECOND)).isFalse();
  }

  @Test
  void letsOneLargeThingThroughAndThenWaitsForIt() {
    assertThat(pace.isOpen(0)).isTrue();
    pace.sent(2_100);
    assertThat(pace.isOpen(SECOND)).isFalse();
    assertThat(pace.isOpen(2 * SECOND)).isFalse();
    assertThat(pace.isOpen(2 * SECOND + SECOND / 10)).isTrue();
  }

  @Test
  void refusesToStandStill() {
    assertThatThrownBy(() -> pace.set(0)).hasMessageContaining("bytesPerSecond=0");
  }
}
