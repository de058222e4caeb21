package io.shardgrid.actor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class TurnClockTest {

  private static final long MILLI = 1_000_000;

  private final AtomicLong wall = new AtomicLong(1_000_000);
  private final AtomicLong nanos = new AtomicLong();
  private final TurnClock clock = new TurnClock(wall::get, nanos::get);

  private long millisAt(long nowNanos) {
    nanos.set(nowNanos);
    return clock.millis(nowNanos);
  }

  @Test
  void goesOnWithTheMonotonicClock() {
    assertThat(millisAt(-5 * MILLI)).isEqualTo(1_000_000);
    wall.set(2_000_000);
    assertThat(millisAt(-4 * MILLI)).isEqualTo(1_000_001);
    assertThat(millisAt(44 * MILLI)).isEqualTo(1_000_049);
  }

  @Test
  void followsAClockThatIsSet() {
    millisAt(7);
    wall.set(900_000);
    assertThat(millisAt(7 + 50 * MILLI)).isEqualTo(900_000);
    assertThat(millisAt(7 + 51 * MILLI)).isEqualTo(900_001);
  }

  @Test
  void isNotAheadWhereAThreadStoodStillBeforeItAsked() {
    nanos.set(30 * MILLI);
    wall.set(1_000_030);
    assertThat(clock.millis(0)).isEqualTo(1_000_030);
    assertThat(millisAt(31 * MILLI)).isEqualTo(1_000_031);
  }

  @Test
  void readsAgainForATimeBeforeTheLastReading() {
    millisAt(Long.MAX_VALUE);
    wall.set(3_000_000);
    assertThat(millisAt(Long.MAX_VALUE - 1)).isEqualTo(3_000_000);
  }
}
