package io.shardgrid.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shardgrid.key.Latency;
import java.time.Duration;
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
  void tellsTheMiddleAndTheSlowestHundredthOfWhatOperationsTook() {
    serve(pace, 60, 1);
    serve(pace, 38, 5);
    serve(pace, 2, 30);
    pace.adapt(0);
    assertThat(pace.latency().middleNanos()).isBetween(1_000_000L, 1_250_000L);
    assertThat(pace.latency().slowNanos()).isBetween(30_000_000L, 37_500_000L);
    serve(pace, 5, 1);
    pace.adapt(SECOND);
    assertThat(pace.latency()).as("too few").isEqualTo(Latency.UNKNOWN);
  }

  @Test
  void isHalvedWhileOperationsAreSlowDownToAFloor() {
    CopyPace adaptive = new CopyPace(64_000, Duration.ofMillis(20));
    adaptive.adapt(0);
    assertThat(adaptive.bytesPerSecond()).isEqualTo(64_000);
    long expected = 64_000;
    for (int step = 1; step <= 10; step++) {
      serve(adaptive, 98, 1);
      serve(adaptive, 2, 30);
      adaptive.adapt(step * SECOND / 2);
      expected = Math.max(4_000, expected / 2);
      assertThat(adaptive.bytesPerSecond()).isEqualTo(expected);
    }
  }

  @Test
  void growsBackSlowlyWhenOperationsAreFastAgain() {
    CopyPace adaptive = new CopyPace(64_000, Duration.ofMillis(20));
    serve(adaptive, 100, 100);
    adaptive.adapt(0);
    assertThat(adaptive.bytesPerSecond()).isEqualTo(32_000);
    serve(adaptive, 100, 10);
    adaptive.adapt(SECOND / 2);
    assertThat(adaptive.bytesPerSecond()).isEqualTo(32_000 + 64_000 / 20);
    for (int step = 2; step <= 20; step++) {
      adaptive.adapt(step * SECOND / 2);
    }
    assertThat(adaptive.bytesPerSecond()).isEqualTo(64_000);
  }

  @Test
  void judgesTwiceASecondAndNotByAFewOperations() {
    CopyPace adaptive = new CopyPace(64_000, Duration.ofMillis(20));
    adaptive.adapt(0);
    serve(adaptive, 100, 100);
    adaptive.adapt(SECOND / 4);
    assertThat(adaptive.bytesPerSecond()).isEqualTo(64_000);
    adaptive.adapt(SECOND / 2);
    assertThat(adaptive.bytesPerSecond()).isEqualTo(32_000);
    serve(adaptive, 19, 100);
    adaptive.adapt(SECOND);
    assertThat(adaptive.bytesPerSecond()).isGreaterThan(32_000);
  }

  @Test
  void doesNotCareIfThereIsNoLimit() {
    serve(pace, 1_000, 10_000);
    pace.adapt(0);
    assertThat(pace.bytesPerSecond()).isEqualTo(1_000);
  }

  private static void serve(CopyPace by, int operations, long millis) {
    for (int i = 0; i < operations; i++) {
      by.served(millis * 1_000_000);
    }
  }

  @Test
  void refusesToStandStill() {
    assertThatThrownBy(() -> pace.set(0)).hasMessageContaining("bytesPerSecond=0");
  }
}
