package io.shardgrid.shard;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class CopyWindowTest {

  private static final long MILLIS = 1_000_000;

  private final CopyWindow window = new CopyWindow(8, Duration.ofMillis(20));

  @Test
  void beginsWithOne() {
    assertThat(fill()).isEqualTo(1);
  }

  @Test
  void growsByOneAWindowAtMostWhileItsLearnerIsQuick() {
    assertThat(fill()).isEqualTo(1);
    acknowledge(1, 0);
    assertThat(fill()).isEqualTo(2);
    acknowledge(2, 0);
    assertThat(fill()).isEqualTo(2);
    acknowledge(2, 0);
    assertThat(fill()).isEqualTo(3);
    for (int i = 0; i < 40; i++) {
      acknowledge(1, 0);
      fill();
    }
    acknowledge(8, 0);
    assertThat(fill()).isEqualTo(8);
  }

  @Test
  void shrinksToOneWhileItsLearnerIsSlow() {
    growTo(8);
    acknowledge(8, 1_000);
    int after = fill();
    assertThat(after).isEqualTo(6);
    acknowledge(after, 1_000);
    for (int i = 0; i < 10; i++) {
      acknowledge(fill(), 1_000);
    }
    assertThat(fill()).isEqualTo(1);
  }

  @Test
  void staysWhereTheLearnerTakesWhatItMay() {
    growTo(5);
    for (int i = 0; i < 100; i++) {
      acknowledge(5, 20);
      assertThat(fill()).isEqualTo(5);
    }
  }

  @Test
  void countsNoneOfThoseThatWereLost() {
    growTo(4);
    window.lost();
    assertThat(fill()).isEqualTo(4);
  }

  @Test
  void isAlwaysAsLargeAsItMayBeIfTimeDoesNotMatter() {
    CopyWindow large = new CopyWindow(3, null);
    for (int i = 0; i < 3; i++) {
      assertThat(large.isOpen()).isTrue();
      large.sent();
    }
    assertThat(large.isOpen()).isFalse();
    large.acknowledged(10_000 * MILLIS);
    assertThat(large.isOpen()).isTrue();
    large.sent();
    assertThat(large.isOpen()).isFalse();
  }

  /** Sends what may be sent; returns how many are under way then, if none were before. */
  private int fill() {
    int sent = 0;
    while (window.isOpen()) {
      window.sent();
      sent++;
    }
    return sent;
  }

  private void acknowledge(int chunks, long millis) {
    for (int i = 0; i < chunks; i++) {
      window.acknowledged(millis * MILLIS);
    }
  }

  private void growTo(int chunks) {
    int underWay = fill();
    while (underWay < chunks) {
      acknowledge(underWay, 0);
      underWay = fill();
    }
    assertThat(underWay).isEqualTo(chunks);
  }
}
