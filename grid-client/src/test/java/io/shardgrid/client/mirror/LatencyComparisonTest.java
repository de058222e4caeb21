package io.shardgrid.client.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.client.mirror.LatencyComparison.Limits;
import io.shardgrid.client.mirror.LatencyComparison.Outcome;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Whether a canary is called slower, by times as those of a busy machine: skewed and in bursts. */
final class LatencyComparisonTest {

  private static final Limits LIMITS = new Limits(1.3, 0.001, 0.99);
  private static final int TRIALS = 20;
  private static final int PAIRS = 3_000;

  private record Times(long[] production, long[] canary) {}

  @Test
  void findsACanaryOfTwiceTheTimeInEachOfTwentyTrials() {
    for (int trial = 0; trial < TRIALS; trial++) {
      assertThat(compare(trial, 2.0, PAIRS).outcome())
          .as("seed %d", trial)
          .isEqualTo(Outcome.SLOWER);
    }
  }

  @Test
  void passesAnEqualCanaryInEachOfTwentyTrials() {
    for (int trial = 0; trial < TRIALS; trial++) {
      assertThat(compare(trial, 1.0, PAIRS).outcome())
          .as("seed %d", trial)
          .isEqualTo(Outcome.NOT_SLOWER);
    }
  }

  @Test
  void doesNotComplainOfWhatIsSignificantAndDoesNotMatter() {
    LatencyComparison found = compare(1, 1.1, PAIRS);

    assertThat(found.p()).isLessThan(0.001);
    assertThat(found.outcome()).isEqualTo(Outcome.NOT_SLOWER);
  }

  @Test
  void cannotTellFromFewOperations() {
    LatencyComparison found = compare(1, 2.0, 199);

    assertThat(found.outcome()).isEqualTo(Outcome.UNDECIDED);
    assertThat(found.quantiles()).isEmpty();
  }

  @Test
  void findsATailThatIsLongerAlthoughTheMedianIsTheSame() {
    Times times = times(3, 1.0, PAIRS);
    SplittableRandom random = new SplittableRandom(5);
    for (int at = 0; at < PAIRS; at++) {
      if (random.nextInt(8) == 0) {
        times.canary[at] *= 20;
      }
    }

    LatencyComparison found =
        LatencyComparison.of(times.production, times.canary, LIMITS, new SplittableRandom(1));

    assertThat(found.outcome()).isEqualTo(Outcome.SLOWER);
    assertThat(found.quantiles().get(0).ratio()).isLessThan(1.3);
  }

  @Test
  void saysThatAQuickerCanaryIsNotSlower() {
    assertThat(compare(4, 0.5, PAIRS).outcome()).isEqualTo(Outcome.NOT_SLOWER);
  }

  private static LatencyComparison compare(long seed, double ratio, int pairs) {
    Times times = times(seed, ratio, pairs);
    return LatencyComparison.of(
        times.production, times.canary, LIMITS, new SplittableRandom(seed + 1_000));
  }

  /** Log-normal times; now and then a burst slows both down for a while. */
  private static Times times(long seed, double ratio, int pairs) {
    SplittableRandom random = new SplittableRandom(seed);
    long[] production = new long[pairs];
    long[] canary = new long[pairs];
    double slow = 1;
    for (int at = 0; at < pairs; at++) {
      slow = random.nextInt(100) == 0 ? 1 + random.nextInt(5) : Math.max(1, slow * 0.9);
      production[at] = (long) (80_000 * slow * Math.exp(0.4 * random.nextGaussian()));
      canary[at] = (long) (80_000 * ratio * slow * Math.exp(0.4 * random.nextGaussian()));
    }
    return new Times(production, canary);
  }
}
