package io.shardgrid.meter;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * How many numbers fell into each of a few fixed classes, and their sum, since the process started.
 * Thread-safe; nothing is lost, and adding allocates nothing once a thread's stripe is there.
 */
public final class StripedHistogram {

  /*
   * A stripe is an array of its own, made when a thread first needs it: a count for each class,
   * then the sum.
   */

  private static final int ROOM = Stripes.ROOM;

  private final Buckets buckets;
  private final AtomicReferenceArray<@Nullable AtomicLongArray> stripes =
      new AtomicReferenceArray<>(Stripes.COUNT);

  /** The last exemplar of each class; null until there is one, as mostly there never is. */
  private volatile @Nullable AtomicReferenceArray<@Nullable Exemplar> exemplars;

  /** An empty histogram. */
  StripedHistogram(Buckets buckets) {
    this.buckets = buckets;
  }

  /** Counts a number. */
  public void add(long number) {
    AtomicLongArray stripe = stripe(Stripes.own());
    stripe.getAndIncrement(ROOM + buckets.indexOf(number));
    stripe.getAndAdd(ROOM + buckets.count(), Math.max(0, number));
  }

  /** A number like those that are counted belongs to a trace. */
  void note(Exemplar exemplar) {
    AtomicReferenceArray<@Nullable Exemplar> known = exemplars;
    if (known == null) {
      known = new AtomicReferenceArray<>(buckets.count());
      exemplars = known;
    }
    known.set(buckets.indexOf(exemplar.number()), exemplar);
  }

  private List<Exemplar> exemplars(long[] counts) {
    AtomicReferenceArray<@Nullable Exemplar> known = exemplars;
    if (known == null) {
      return List.of();
    }
    List<Exemplar> all = new ArrayList<>();
    for (int index = 0; index < counts.length; index++) {
      Exemplar last = known.get(index);
      if (last != null && counts[index] > 0) {
        all.add(last);
      }
    }
    return all;
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
    for (int i = 0; i < Stripes.COUNT; i++) {
      AtomicLongArray stripe = stripes.get(i);
      if (stripe != null) {
        for (int index = 0; index < counts.length; index++) {
          counts[index] += stripe.get(ROOM + index);
        }
        sum += stripe.get(ROOM + counts.length);
      }
    }
    return new HistogramCounts(buckets.bounds(), counts, sum, exemplars(counts));
  }
}
