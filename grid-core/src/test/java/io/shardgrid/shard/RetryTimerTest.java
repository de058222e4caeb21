package io.shardgrid.shard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class RetryTimerTest {

  private static final long MIN = 400;
  private static final long MAX = 2_000;

  private final RetryTimer timer = new RetryTimer(MIN, MAX);

  @Test
  void waitsNeitherLeastNorMostWhileNothingIsKnown() {
    assertThat(timer.nanos()).isBetween(MIN + 1, MAX - 1);
  }

  @Test
  void waitsTheLeastWhereRoundTripsAreShort() {
    for (int i = 0; i < 20; i++) {
      timer.acknowledged(10);
    }
    assertThat(timer.nanos()).isEqualTo(MIN);
  }

  @Test
  void waitsLongerThanRoundTripsOfASlowReceiver() {
    for (int i = 0; i < 20; i++) {
      timer.acknowledged(900);
    }
    assertThat(timer.nanos()).isBetween(901L, MAX);
  }

  @Test
  void waitsLongerWhereRoundTripsDiffer() {
    RetryTimer even = new RetryTimer(MIN, MAX);
    for (int i = 0; i < 40; i++) {
      even.acknowledged(450);
      timer.acknowledged(i % 2 == 0 ? 300 : 600);
    }
    assertThat(timer.nanos()).isGreaterThan(even.nanos());
  }

  @Test
  void doublesAfterEachTimeInVainUntilSomethingIsAcknowledged() {
    for (int i = 0; i < 20; i++) {
      timer.acknowledged(10);
    }
    timer.expired();
    assertThat(timer.nanos()).isEqualTo(2 * MIN);
    timer.expired();
    assertThat(timer.nanos()).isEqualTo(4 * MIN);
    for (int i = 0; i < 100; i++) {
      timer.expired();
    }
    assertThat(timer.nanos()).isEqualTo(MAX);
    timer.acknowledged(10);
    assertThat(timer.nanos()).isEqualTo(MIN);
  }
}
