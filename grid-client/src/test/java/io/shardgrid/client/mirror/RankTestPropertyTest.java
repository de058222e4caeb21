package io.shardgrid.client.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** The rank test, compared with counting every pair. */
final class RankTestPropertyTest {

  @Property(tries = 300)
  void countsPairs(
      @ForAll @Size(min = 1, max = 40) long @LongRange(min = 0, max = 20) [] first,
      @ForAll @Size(min = 1, max = 40) long @LongRange(min = 0, max = 20) [] second) {
    double pairs = 0;
    for (long one : first) {
      for (long other : second) {
        pairs += other > one ? 1 : other == one ? 0.5 : 0;
      }
    }

    RankTest test = RankTest.of(first, second);

    assertThat(test.u()).isEqualTo(pairs, within(1e-9));
    assertThat(test.effect()).isEqualTo(pairs / first.length / second.length, within(1e-9));
    assertThat(test.p()).isBetween(0.0, 1.0);
  }

  /**
   * As {@code wilcox.test(y, x, alternative = "greater", exact = FALSE)} of R computes it by hand.
   */
  @Test
  void isTheNormalApproximationWithTiesAndContinuity() {
    long[] x = {1, 2, 2, 3};
    long[] y = {2, 3, 4, 5};
    // u = 13; variance = 16/12 * (9 - (24 + 6) / 56) = 11.2857; z = (13 - 8 - 0.5) / 3.3594 =
    // 1.3395
    RankTest test = RankTest.of(x, y);

    assertThat(test.u()).isEqualTo(13.5);
    assertThat(test.p()).isEqualTo(0.0683, within(0.0005));
  }

  @Test
  void findsNothingWhereAllNumbersAreEqual() {
    assertThat(RankTest.of(new long[] {7, 7, 7}, new long[] {7, 7}).p()).isEqualTo(1.0);
  }

  @Test
  void knowsTheTailOfTheNormalDistribution() {
    assertThat(RankTest.tail(0)).isEqualTo(0.5, within(1e-6));
    assertThat(RankTest.tail(1.959964)).isEqualTo(0.025, within(1e-6));
    assertThat(RankTest.tail(-1.644854)).isEqualTo(0.95, within(1e-6));
    assertThat(RankTest.tail(3.090232)).isEqualTo(0.001, within(1e-6));
  }
}
