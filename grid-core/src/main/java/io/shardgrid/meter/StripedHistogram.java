package io.shardgrid.meter;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * How many numbers fell into each of a few fixed classes, and their sum, since the process started.
 * Thread-safe; nothing is lost, and adding allocates nothing once a thread's stripe is there.
 */
public final class StripedHistogram {

  /*
   * Threads are spread over stripes by their numbers, so that those that run at once mostly write
   * to different cache lines. A stripe is an array of its own: a count for each class, then the
   * sum, with half a line of room at both ends.
   */

  private static final int STRIPES_MAX = 16;
  private static final int ROOM = 8;
  private static final int STRIPES =
      Math.min(
          STRIPES_MAX, Integer.highestOneBit(2 * Runtime.getRuntime().availableProcessors() - 1));

  private final Buckets buckets;
  private final AtomicReferenceArray<@Nullable AtomicLongArray> stripes =
      new AtomicReferenceArray<>(STRIPES);

  /** An empty histogram. */
  StripedHistogram(Buckets buckets) {
    this.buckets = buckets;
  }

  /** Counts a number. */
  public void add(long number) {
    AtomicLongArray stripe = stripe((int) Thread.currentThread().getId() & (STRIPES - 1));
    stripe.getAndIncrement(ROOM + buckets.indexOf(number));
    stripe.getAndAdd(ROOM + buckets.count(), Math.max(0, number));
  }

  private AtomicLongArray stripe(int index) {
    AtomicLongArray known = stripes.get(index);
    if (known != null) {
      return known;
    }
    AtomicLongArray made = new AtomicLongArray(2 * ROOM + buckets.count() + 1);
    AtomicLongArray other = stripes.compareAndExchange(index, null, made);
    return other == null ? made : other;
  }

  /**
   * What was counted so far. A number that is being counted meanwhile may be in the counts and not
   * yet in the sum; none of them ever falls.
   */
  public HistogramCounts counts() {
    long[] counts = new long[buckets.count()];
    long sum = 0;
    for (int i = 0; i < STRIPES; i++) {
      AtomicLongArray stripe = stripes.get(i);
      if (stripe != null) {
        for (int index = 0; index < counts.length; index++) {
          counts[index] += stripe.get(ROOM + index);
        }
        sum += stripe.get(ROOM + counts.length);
      }
    }
    return new HistogramCounts(buckets.bounds(), counts, sum);
  }
}
