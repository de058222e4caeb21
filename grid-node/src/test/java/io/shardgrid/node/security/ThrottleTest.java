package io.shardgrid.node.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class ThrottleTest {

  private static final long MILLIS = 1_000_000;

  private final Throttle sources =
      new Throttle(Duration.ofMillis(100), Duration.ofSeconds(1), Duration.ofMinutes(1), false, 7);
  private final Throttle users =
      new Throttle(Duration.ofMillis(100), Duration.ofSeconds(1), Duration.ofMinutes(1), true, 7);

  @Test
  void holdsNobodyUpWithoutAFailure() {
    for (int attempt = 0; attempt < 100; attempt++) {
      assertThat(sources.reserve("a", 0)).isZero();
    }
  }

  @Test
  void doublesThePauseUpToItsBound() {
    assertThat(sources.failed("a", 0)).isEqualTo(100 * MILLIS);
    assertThat(sources.failed("a", 0)).isEqualTo(200 * MILLIS);
    assertThat(sources.failed("a", 0)).isEqualTo(400 * MILLIS);
    assertThat(sources.failed("a", 0)).isEqualTo(800 * MILLIS);
    for (int more = 0; more < 100; more++) {
      assertThat(sources.failed("a", 0)).isEqualTo(1_000 * MILLIS);
    }
    assertThat(sources.reserve("b", 0)).isZero();
  }

  @Test
  void looksAtAttemptsThatComeAtOnceOneAPause() {
    sources.failed("a", 0);
    assertThat(sources.reserve("a", 0)).isEqualTo(100 * MILLIS);
    assertThat(sources.reserve("a", 0)).isEqualTo(200 * MILLIS);
    assertThat(sources.reserve("a", 0)).isEqualTo(300 * MILLIS);
  }

  @Test
  void refusesAttemptsThatWouldHaveToWaitTooLong() {
    sources.failed("a", 0);
    int looked = 0;
    while (sources.reserve("a", 0) != Throttle.REFUSED) {
      looked++;
    }
    assertThat(looked).isEqualTo(10);
    assertThat(sources.reserve("a", 2_000 * MILLIS)).isZero();
  }

  @Test
  void letsAUserInOfWhomOthersGuess() {
    for (int guess = 0; guess < 1_000; guess++) {
      users.failed("alice", 0);
      users.reserve("alice", 0);
    }
    assertThat(users.reserve("alice", 0)).isBetween(0L, 1_000 * MILLIS);
    users.succeeded("alice");
    assertThat(users.reserve("alice", 0)).isZero();
  }

  @Test
  void forgetsAfterAWhile() {
    sources.failed("a", 0);
    sources.failed("a", 0);
    assertThat(sources.reserve("a", 61_000 * MILLIS)).isZero();
    assertThat(sources.failed("a", 61_000 * MILLIS)).isEqualTo(100 * MILLIS);
  }
}
