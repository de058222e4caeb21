package io.shardgrid.meter;

import java.util.List;

/**
 * What a histogram had counted at one moment. Immutable as long as nobody writes to its arrays.
 *
 * @param bounds the largest number of each class but the last, which has none
 * @param counts of each class, not of those below it
 * @param sum of all numbers
 * @param exemplars of classes that are not empty, one each at most
 */
public record HistogramCounts(long[] bounds, long[] counts, long sum, List<Exemplar> exemplars) {

  public HistogramCounts {
    exemplars = List.copyOf(exemplars);
  }

  /** How many numbers were counted. */
  public long count() {
    long all = 0;
    for (long count : counts) {
      all += count;
    }
    return all;
  }
}
