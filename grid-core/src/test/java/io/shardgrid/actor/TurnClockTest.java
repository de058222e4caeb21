package io.shardgrid.actor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class TurnClockTest {

  private static final long MILLI = 1_000_000;

  private final AtomicLong wall = new AtomicLong(1_000_000);
  private final TurnClock clock = new TurnClock(wall::get);

  @Test
  void goesOnWithTheMonotonicClock() {
    assertThat(clock.millis(-5 * MILLI)).isEqualTo(1_000_000);
    wall.set(2_000_000);
    assertThat(clock.millis(-4 * MILLI)).isEqualTo(1_000_001);
    assertThat(clock.millis(44 * MILLI)).isEqualTo(1_000_049);
  }

  @Test
  void followsAClockThatIsSet() {
    clock.millis(7);
    wall.set(900_000);
    assertThat(clock.millis(7 + 50 * MILLI)).isEqualTo(900_000);
    assertThat(clock.millis(7 + 51 * MILLI)).isEqualTo(900_001);
  }

  @Test
  void readsAgainForATimeBeforeTheLastReading() {
    clock.millis(Long.MAX_VALUE);
    wall.set(3_000_000);
    assertThat(clock.millis(Long.MAX_VALUE - 1)).isEqualTo(3_000_000);
  }
}
