package io.shardgrid.baseline;

import java.util.Locale;
import java.util.SplittableRandom;

/** How often each of a number of keys is asked for. */
public enum KeyDistribution {
  /** All alike. */
  UNIFORM,

  /** A few far more often than the many: Zipf's law with theta 0.99. */
  ZIPFIAN;

  static final double THETA = 0.99;

  /** What it is called in options and in the kept results. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Draws ranks of keys, the most popular being 0.
   *
   * @param keys how many there are, at least 1
   */
  int[] draw(int draws, int keys, SplittableRandom random) {
    int[] ranks = new int[draws];
    if (this == UNIFORM) {
      for (int i = 0; i < draws; i++) {
        ranks[i] = random.nextInt(keys);
      }
      return ranks;
    }
    ZipfianRank zipfian = new ZipfianRank(keys, THETA);
    for (int i = 0; i < draws; i++) {
      ranks[i] = zipfian.at(random.nextDouble());
    }
    return ranks;
  }
}
