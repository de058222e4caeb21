package io.shardgrid.client.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** The bounds, compared with the binomial distribution summed up. */
final class BinomialBoundsPropertyTest {

  private static final double CONFIDENCE = 0.95;

  @Property(tries = 200)
  void areWhereTheTailsHaveTheirProbability(
      @ForAll @IntRange(min = 1, max = 400) int of, @ForAll @IntRange(min = 0, max = 400) int any) {
    int found = any % (of + 1);
    double upper = BinomialBounds.upper(found, of, CONFIDENCE);
    double lower = BinomialBounds.lower(found, of, CONFIDENCE);

    assertThat(lower).isLessThanOrEqualTo((double) found / of);
    assertThat(upper).isGreaterThanOrEqualTo((double) found / of);
    if (found < of) {
      assertThat(atMost(found, of, upper)).isEqualTo(1 - CONFIDENCE, within(1e-6));
    }
    if (found > 0) {
      assertThat(1 - atMost(found - 1, of, lower)).isEqualTo(1 - CONFIDENCE, within(1e-6));
    }
  }

  @Test
  void knowTheRuleOfThree() {
    assertThat(BinomialBounds.upper(0, 3_000, CONFIDENCE)).isEqualTo(0.000998, within(1e-5));
    assertThat(BinomialBounds.upper(0, 10_000_000, CONFIDENCE)).isEqualTo(3.0e-7, within(1e-8));
    assertThat(BinomialBounds.lower(0, 3_000, CONFIDENCE)).isZero();
    assertThat(BinomialBounds.upper(5, 5, CONFIDENCE)).isEqualTo(1.0);
  }

  private static double atMost(int found, int of, double p) {
    double sum = 0;
    double logTerm = of * Math.log1p(-p);
    for (int k = 0; k <= found; k++) {
      sum += Math.exp(logTerm);
      logTerm += Math.log((of - k) / (k + 1.0)) + Math.log(p) - Math.log1p(-p);
    }
    return sum;
  }
}
