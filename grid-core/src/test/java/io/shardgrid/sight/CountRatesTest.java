package io.shardgrid.sight;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class CountRatesTest {

  private static final long START = Long.MAX_VALUE - 5; // clocks of this kind may overflow

  private final CountRates rates = new CountRates(START);

  private double at(double seconds, String name, long count) {
    rates.begin(START + Duration.ofMillis((long) (1_000 * seconds)).toNanos());
    return rates.perSecond(name, count);
  }

  @Test
  void isOverTheTimeSinceTheRoundBefore() {
    assertThat(at(10, "a", 5_000)).as("what was before is not known").isZero();
    assertThat(at(12, "a", 5_100)).isEqualTo(50);
    assertThat(at(12.5, "a", 5_100)).isZero();
    assertThat(at(13, "a", 5_101)).isEqualTo(2);
  }

  @Test
  void beginsAnewWithACountThatFell() {
    at(1, "a", 1_000);
    assertThat(at(3, "a", 10)).isEqualTo(5);
  }

  @Test
  void knowsNothingOfWhatTheRoundBeforeDidNotTell() {
    at(1, "a", 10);
    at(2, "b", 10);
    assertThat(at(3, "a", 20)).isZero();
    assertThat(rates.perSecond("b", 14)).isEqualTo(4);
  }

  @Test
  void standsTwoRoundsAtOnce() {
    at(1, "a", 10);
    assertThat(at(1, "a", 10)).isZero();
  }
}
