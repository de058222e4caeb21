package io.shardgrid.baseline;

/**
 * Turns numbers from 0 to 1 into ranks that follow Zipf's law: rank r is drawn in proportion to 1 /
 * (r + 1)^theta. Immutable.
 *
 * <p>Source: J. Gray, P. Sundaresan, S. Englert, K. Baclawski, P. J. Weinberger: Quickly generating
 * billion-record synthetic databases, SIGMOD 1994, section 3.2. Ranks 0 and 1 are exact, the others
 * come from the integral that approximates the sum. Making one is O(keys), a rank O(1).
 */
final class ZipfianRank {

  private final int keys;
  private final double zeta;
  private final double alpha;
  private final double eta;
  private final double secondBound;

  /**
   * Prepares the constants.
   *
   * @param keys at least 2
   * @param theta above 0 and below 1; the larger, the more popular the first ranks
   */
  ZipfianRank(int keys, double theta) {
    if (keys < 2 || theta <= 0 || theta >= 1) {
      throw new IllegalArgumentException(
          "Not a Zipfian distribution: keys=" + keys + ", theta=" + theta);
    }
    this.keys = keys;
    double sum = 0;
    for (int i = 1; i <= keys; i++) {
      sum += Math.pow(i, -theta);
    }
    this.zeta = sum;
    this.secondBound = 1 + Math.pow(2, -theta);
    this.alpha = 1 / (1 - theta);
    this.eta = (1 - Math.pow(2.0 / keys, 1 - theta)) / (1 - secondBound / zeta);
  }

  /**
   * The rank at this place of the cumulative distribution.
   *
   * @param fraction 0 to 1
   */
  int at(double fraction) {
    double scaled = fraction * zeta;
    if (scaled < 1) {
      return 0;
    }
    if (scaled < secondBound) {
      return 1;
    }
    double rank = keys * Math.pow(eta * fraction - eta + 1, alpha);
    return (int) Math.min(rank, keys - 1.0);
  }
}
