package io.shardgrid.node.security;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class RateLimitTest {

  private static final long SECOND = 1_000_000_000;

  @Test
  void givesABurstAndThenSoManyASecond() {
    RateLimit limit = new RateLimit(10, 3, 0);
    assertThat(limit.tryTake(0)).isTrue();
    assertThat(limit.tryTake(0)).isTrue();
    assertThat(limit.tryTake(0)).isTrue();
    assertThat(limit.tryTake(0)).isFalse();
    assertThat(limit.waitNanos(0)).isEqualTo(SECOND / 10);
    assertThat(limit.tryTake(SECOND / 10)).isTrue();
    assertThat(limit.tryTake(SECOND / 10)).isFalse();
  }

  @Test
  void remembersDebts() {
    RateLimit limit = new RateLimit(10, 1, 0);
    assertThat(limit.take(0)).isTrue();
    assertThat(limit.take(0)).isFalse();
    assertThat(limit.waitNanos(0)).isEqualTo(SECOND / 5);
  }

  @Test
  void savesNoMoreThanTheBurst() {
    RateLimit limit = new RateLimit(10, 2, 0);
    assertThat(limit.tryTake(100 * SECOND)).isTrue();
    assertThat(limit.tryTake(100 * SECOND)).isTrue();
    assertThat(limit.tryTake(100 * SECOND)).isFalse();
  }
}
