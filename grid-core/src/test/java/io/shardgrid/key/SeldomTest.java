package io.shardgrid.key;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class SeldomTest {

  @Test
  void letsOneAMinutePassAndCountsTheOthers() {
    Seldom seldom = new Seldom();
    long begin = -5;
    assertThat(seldom.due(begin)).isOne();
    assertThat(seldom.due(begin + 1)).isZero();
    assertThat(seldom.due(begin + TimeUnit.SECONDS.toNanos(59))).isZero();
    assertThat(seldom.due(begin + TimeUnit.SECONDS.toNanos(60))).isEqualTo(3);
    assertThat(seldom.due(begin + TimeUnit.SECONDS.toNanos(61))).isZero();
  }
}
