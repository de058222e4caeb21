package io.shardgrid.sight;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts the most frequent keys of a stream with a fixed number of counters. Not thread-safe.
 *
 * <p>O(1) for a key that has a counter, O(counters) for one that has none.
 */
final class SpaceSaving<K> {
  /*
   * Space-Saving: Metwally, Agrawal and El Abbadi, "Efficient computation of frequent and top-k
   * elements in data streams", ICDT 2005.
   *
   * A key without a counter takes over the smallest one, and what that had counted is remembered as
   * the most by which the new count may be too high. With m counters and n keys seen:
   *
   *   true count <= count <= true count + error,   error <= n / m,
   *
   * and a key that was seen more than n / m times has a counter. So a key is named with certainty as
   * soon as it has a 1/m-th of the traffic. A sketch with a heap would need a key's hash a few times
   * for every sample; here the smallest counter is searched, since m is small and few samples need it.
   *
   * Halving all counts and errors, rounded up, makes the past count less; both bounds stay, with one
   * more for each halving.
   */

  /** What is known of a key: its count is too high by {@code error} at most. */
  record Estimate<K>(K key, long count, long error) {}

  private static final class Counter {
    private long count;
    private long error;

    Counter(long count, long error) {
      this.count = count;
      this.error = error;
    }

    private void halve() {
      count = (count + 1) >> 1;
      error = (error + 1) >> 1;
    }
  }

  private final int counters;
  private final Map<K, Counter> byKey;
  private long seen;

  /** A sketch of at least one counter. */
  SpaceSaving(int counters) {
    if (counters < 1) {
      throw new IllegalArgumentException("too few counters: counters=" + counters);
    }
    this.counters = counters;
    this.byKey = new HashMap<>(2 * counters);
  }

  /** A key was seen once more. */
  void add(K key) {
    seen++;
    Counter known = byKey.get(key);
    if (known != null) {
      known.count++;
    } else if (byKey.size() < counters) {
      byKey.put(key, new Counter(1, 0));
    } else {
      Map.Entry<K, Counter> smallest = smallest();
      long count = smallest.getValue().count;
      byKey.remove(smallest.getKey());
      byKey.put(key, new Counter(count + 1, count));
    }
  }

  private Map.Entry<K, Counter> smallest() {
    Map.Entry<K, Counter> smallest = null;
    for (Map.Entry<K, Counter> entry : byKey.entrySet()) {
      if (smallest == null || entry.getValue().count < smallest.getValue().count) {
        smallest = entry;
      }
    }
    if (smallest == null) {
      throw new IllegalStateException("there is no counter");
    }
    return smallest;
  }

  /** Has what was seen so far count half. O(counters). */
  void halve() {
    seen = (seen + 1) >> 1;
    byKey.values().forEach(Counter::halve);
  }

  /** How many keys were seen, those of before a halving by half. */
  long seen() {
    return seen;
  }

  /** The keys seen most, the first one most. O(counters log counters). */
  List<Estimate<K>> top(int keys) {
    List<Estimate<K>> all = new ArrayList<>(byKey.size());
    byKey.forEach((key, counter) -> all.add(new Estimate<>(key, counter.count, counter.error)));
    all.sort(Comparator.comparingLong((Estimate<K> one) -> one.count()).reversed());
    return List.copyOf(all.subList(0, Math.min(keys, all.size())));
  }
}
