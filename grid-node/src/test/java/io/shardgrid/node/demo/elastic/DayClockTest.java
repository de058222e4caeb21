package io.shardgrid.node.demo.elastic;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class DayClockTest {

  private static final long SECOND = 1_000_000_000L;

  private final DayClock clock = new DayClock(Duration.ofSeconds(100), 7);

  @Test
  void tellsTheShareThatHasPassed() {
    assertThat(clock.share(7)).isZero();
    assertThat(clock.share(7 + 25 * SECOND)).isEqualTo(0.25);
    assertThat(clock.share(7 + 200 * SECOND)).isEqualTo(2);
  }

  @Test
  void standsStillWhileItIsHeld() {
    clock.hold(7 + 40 * SECOND);
    clock.hold(7 + 45 * SECOND);
    assertThat(clock.share(7 + 60 * SECOND)).isEqualTo(0.4);
    clock.release(7 + 60 * SECOND);
    clock.release(7 + 61 * SECOND);

    assertThat(clock.share(7 + 70 * SECOND)).isEqualTo(0.5);
    assertThat(clock.held(7 + 70 * SECOND)).isEqualTo(Duration.ofSeconds(20));
    assertThat(clock.passed(7 + 70 * SECOND)).isEqualTo(Duration.ofSeconds(70));
  }

  @Test
  void addsUpWhatItWasHeld() {
    clock.hold(7 + 10 * SECOND);
    clock.release(7 + 20 * SECOND);
    clock.hold(7 + 30 * SECOND);
    assertThat(clock.held(7 + 35 * SECOND)).isEqualTo(Duration.ofSeconds(15));
    assertThat(clock.share(7 + 35 * SECOND)).isEqualTo(0.2);
  }
}
