package io.shardgrid.node.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class BytePaceTest {

  private static final long SECOND = 1_000_000_000L;

  @Test
  void sharesTheBytesOfASecondAmongAllWhoRead() {
    BytePace pace = new BytePace(1_000);
    long now = Long.MAX_VALUE - SECOND; // the clock may pass its end
    assertThat(pace.read(100, now)).isEqualTo(Duration.ofMillis(100));
    assertThat(pace.read(400, now)).isEqualTo(Duration.ofMillis(500));
    assertThat(pace.read(100, now + SECOND / 2)).isEqualTo(Duration.ofMillis(100));
    assertThat(pace.read(500, now + SECOND / 2)).isEqualTo(Duration.ofMillis(600));
  }

  @Test
  void makesUpForTheTimeThatWritingTook() {
    BytePace pace = new BytePace(1_000);
    pace.read(100, 0);
    assertThat(pace.read(100, SECOND / 4)).isEqualTo(Duration.ZERO); // due after 200 ms
    assertThat(pace.read(100, SECOND / 4)).isEqualTo(Duration.ofMillis(50));
  }

  @Test
  void makesUpForASecondAtMost() {
    BytePace pace = new BytePace(1_000);
    pace.read(100, 0);
    assertThat(pace.read(1_000, 60 * SECOND)).isEqualTo(Duration.ZERO);
    assertThat(pace.read(100, 60 * SECOND)).isEqualTo(Duration.ofMillis(100));
  }

  @Test
  void waitsForNothingWithoutALimit() {
    assertThat(new BytePace(0).read(Long.MAX_VALUE, 5)).isEqualTo(Duration.ZERO);
  }
}
