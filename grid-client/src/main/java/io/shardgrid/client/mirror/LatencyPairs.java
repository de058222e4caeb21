package io.shardgrid.client.mirror;

import java.util.Arrays;

/**
 * The last pairs of times of operations that both clusters carried out. Bounded; confined to
 * whoever holds it.
 */
final class LatencyPairs {

  private final long[] production;
  private final long[] canary;
  private long added;

  /** Keeps so many pairs. */
  LatencyPairs(int max) {
    production = new long[max];
    canary = new long[max];
  }

  /** Adds a pair; the oldest one makes room. */
  void add(long productionNanos, long canaryNanos) {
    int at = (int) (added % production.length);
    production[at] = productionNanos;
    canary[at] = canaryNanos;
    added++;
  }

  /** Forgets all. */
  void clear() {
    added = 0;
  }

  int size() {
    return (int) Math.min(added, production.length);
  }

  /** Production's times; the canary's of the same operations are {@link #canary}'s. */
  long[] production() {
    return Arrays.copyOf(production, size());
  }

  long[] canary() {
    return Arrays.copyOf(canary, size());
  }
}
