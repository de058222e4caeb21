package io.shardgrid.client.mirror;

/**
 * Bounds of a probability of which a sample is known: the exact ones of Clopper and Pearson, which
 * hold for any size of sample and any probability. Stateless.
 */
final class BinomialBounds {

  /*
   * The upper bound for k of n at confidence c is the p at which k or fewer have the probability
   * 1 - c; the lower one that at which k or more have it. Both are quantiles of beta distributions,
   * found here by halving: the distribution function grows with p. For k = 0 the upper bound is
   * 1 - (1 - c)^(1/n), about 3/n at 95 %, the "rule of three".
   *
   * Sources: C. J. Clopper, E. S. Pearson, Biometrika 26, 1934. The incomplete beta function: NIST
   * Digital Library of Mathematical Functions, 8.17.22 (continued fraction) and 8.17.4 (symmetry),
   * evaluated by Lentz's method as modified by Thompson and Barnett, J. Comput. Phys. 64, 1986.
   * Logarithm of the gamma function: C. Lanczos, SIAM J. Numer. Anal. B 1, 1964, with g = 7 and nine
   * terms.
   */
  private static final int HALVINGS = 60;
  private static final int TERMS_MAX = 20_000;
  private static final double EPSILON = 1e-14;
  private static final double TINY = 1e-300;
  private static final double G = 7;
  private static final double[] LANCZOS = {
    0.9999999999998099,
    676.5203681218851,
    -1259.1392167224028,
    771.3234287776531,
    -176.6150291621406,
    12.507343278686905,
    -0.13857109526572012,
    9.984369578019572e-6,
    1.5056327351493116e-7
  };

  private BinomialBounds() {}

  /** The largest probability that explains so few, at this confidence (0.95 for 95 %). */
  static double upper(long found, long of, double confidence) {
    check(found, of);
    return found == of ? 1 : quantile(confidence, found + 1.0, (double) (of - found));
  }

  /** The smallest probability that explains so many, at this confidence. */
  static double lower(long found, long of, double confidence) {
    check(found, of);
    return found == 0 ? 0 : quantile(1 - confidence, (double) found, (double) (of - found) + 1);
  }

  private static void check(long found, long of) {
    if (found < 0 || found > of || of < 1) {
      throw new IllegalArgumentException("No sample: found=" + found + ", of=" + of);
    }
  }

  private static double quantile(double wanted, double a, double b) {
    double low = 0;
    double high = 1;
    for (int halving = 0; halving < HALVINGS; halving++) {
      double middle = (low + high) / 2;
      if (incompleteBeta(middle, a, b) < wanted) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return (low + high) / 2;
  }

  /** The regularized incomplete beta function. */
  static double incompleteBeta(double x, double a, double b) {
    if (x <= 0 || x >= 1) {
      return x <= 0 ? 0 : 1;
    }
    double front =
        Math.exp(
            logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x));
    return x < (a + 1) / (a + b + 2)
        ? front * fraction(x, a, b) / a
        : 1 - front * fraction(1 - x, b, a) / b;
  }

  private static double fraction(double x, double a, double b) {
    double c = 1;
    double d = 1 / large(1 - (a + b) * x / (a + 1));
    double result = d;
    for (int m = 1; m <= TERMS_MAX; m++) {
      double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
      d = 1 / large(1 + even * d);
      c = large(1 + even / c);
      result *= d * c;
      double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
      d = 1 / large(1 + odd * d);
      c = large(1 + odd / c);
      result *= d * c;
      if (Math.abs(d * c - 1) < EPSILON) {
        break;
      }
    }
    return result;
  }

  private static double large(double number) {
    return Math.abs(number) < TINY ? TINY : number;
  }

  /** For arguments of at least 0.5. */
  private static double logGamma(double x) {
    double z = x - 1;
    double sum = LANCZOS[0];
    for (int term = 1; term < LANCZOS.length; term++) {
      sum += LANCZOS[term] / (z + term);
    }
    double t = z + G + 0.5;
    return 0.5 * Math.log(2 * Math.PI) + (z + 0.5) * Math.log(t) - t + Math.log(sum);
  }
}
