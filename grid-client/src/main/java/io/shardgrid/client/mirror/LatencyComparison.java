package io.shardgrid.client.mirror;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Whether the canary is slower, by the times of the same probes at both clusters. Immutable.
 *
 * @param pairs probes compared
 * @param outcome what follows
 * @param p of the {@link RankTest}: how probable such times are if there is no difference
 * @param effect probability that the canary takes longer for one operation than production for
 *     another, ties half
 * @param quantiles ratios of quantiles, with their intervals
 */
public record LatencyComparison(
    int pairs, Outcome outcome, double p, double effect, List<QuantileRatio> quantiles) {

  /*
   * Slower is what is so beyond chance and beyond what matters: the rank test is significant, and the
   * interval of the ratio of one of the quantiles is wholly above the largest ratio that is allowed.
   * Not slower is what is shown, not what was merely not found: the interval of the ratio of the
   * medians is wholly below that ratio, and no other one wholly above. Anything else is undecided
   * and wants more probes.
   *
   * The intervals are percentile intervals of a bootstrap that draws blocks of neighbouring pairs.
   * Pairs: what slows both down (the machine, the client) moves both. Blocks: times of neighbouring
   * operations are not independent, and single draws would make the interval too narrow.
   *
   * Sources: RankTest. Bootstrap: B. Efron, Ann. Statist. 7, 1979; blocks: H. R. Kuensch, Ann.
   * Statist. 17, 1989. Showing that a difference is small: non-inferiority by an interval, as in
   * ICH E9, 3.3.2.
   */
  private static final double[] QUANTILES = {0.5, 0.9, 0.99};
  private static final int DRAWS = 400;
  private static final int BLOCK = 16;
  static final int LEAST_PAIRS = 200;

  /** Where no probes are made. */
  static final LatencyComparison NONE =
      new LatencyComparison(0, Outcome.NOT_COMPARED, 1, 0.5, List.of());

  /** What the times say. */
  public enum Outcome {
    /** The canary is slower by more than may be. */
    SLOWER,
    /** The canary is not slower by more than may be. */
    NOT_SLOWER,
    /** The probes were too few, or their times too different, to tell. */
    UNDECIDED,
    /** No such probes are made, as nobody wants them. */
    NOT_COMPARED
  }

  /**
   * The canary's quantile divided by production's.
   *
   * @param quantile 0.5 for the median
   * @param lower end of the interval
   * @param upper end of the interval
   */
  public record QuantileRatio(double quantile, double ratio, double lower, double upper) {}

  /**
   * When a difference counts.
   *
   * @param ratioMax the largest ratio of times that is none
   * @param significance the rank test has to be below
   * @param confidence of the intervals, 0.99 for 99 %
   */
  public record Limits(double ratioMax, double significance, double confidence) {}

  public LatencyComparison {
    quantiles = List.copyOf(quantiles);
  }

  /**
   * Compares the times of the same probes.
   *
   * @param random draws the bootstrap's samples
   */
  static LatencyComparison of(
      long[] production, long[] canary, Limits limits, SplittableRandom random) {
    int pairs = Math.min(production.length, canary.length);
    if (pairs < LEAST_PAIRS) {
      return new LatencyComparison(pairs, Outcome.UNDECIDED, 1, 0.5, List.of());
    }
    RankTest test = RankTest.of(production, canary);
    List<QuantileRatio> ratios = ratios(production, canary, limits.confidence, random);
    boolean isAbove = ratios.stream().anyMatch(ratio -> ratio.lower > limits.ratioMax);
    Outcome outcome = Outcome.UNDECIDED;
    if (isAbove && test.p() < limits.significance) {
      outcome = Outcome.SLOWER;
    } else if (!isAbove && ratios.get(0).upper <= limits.ratioMax) {
      outcome = Outcome.NOT_SLOWER;
    }
    return new LatencyComparison(pairs, outcome, test.p(), test.effect(), ratios);
  }

  private static List<QuantileRatio> ratios(
      long[] production, long[] canary, double confidence, SplittableRandom random) {
    int pairs = production.length;
    Resampled one = new Resampled(production);
    Resampled other = new Resampled(canary);
    double[][] drawn = new double[QUANTILES.length][DRAWS];
    for (int draw = 0; draw < DRAWS; draw++) {
      one.clear();
      other.clear();
      for (int filled = 0; filled < pairs; filled += BLOCK) {
        int length = Math.min(BLOCK, pairs - filled);
        int from = random.nextInt(pairs - length + 1);
        one.draw(from, length);
        other.draw(from, length);
      }
      long[] of = one.drawnQuantiles(QUANTILES);
      long[] ofOther = other.drawnQuantiles(QUANTILES);
      for (int which = 0; which < QUANTILES.length; which++) {
        drawn[which][draw] = ratio(of[which], ofOther[which]);
      }
    }
    long[] of = one.quantiles(QUANTILES);
    long[] ofOther = other.quantiles(QUANTILES);
    List<QuantileRatio> ratios = new ArrayList<>();
    double cut = (1 - confidence) / 2;
    for (int which = 0; which < QUANTILES.length; which++) {
      Arrays.sort(drawn[which]);
      ratios.add(
          new QuantileRatio(
              QUANTILES[which],
              ratio(of[which], ofOther[which]),
              drawn[which][(int) Math.floor(cut * (DRAWS - 1))],
              drawn[which][(int) Math.ceil((1 - cut) * (DRAWS - 1))]));
    }
    return ratios;
  }

  private static double ratio(long production, long canary) {
    return (double) canary / Math.max(1, production);
  }
}
