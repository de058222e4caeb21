package io.shardgrid.bucket;

import io.shardgrid.key.EvictionPolicy;
import java.util.function.IntConsumer;

/**
 * Keeps how entries are used, and names the one to evict. Not thread-safe.
 *
 * <p>Naming one costs a look at about 10 entries and at 256 buckets at most, whatever the size of
 * the map.
 */
final class Eviction {

  /*
   * Each entry has a stamp of 32 bits; all policies pick the best of a few entries of neighbouring
   * buckets, which the hash has chosen at random, and of the best ones that earlier samples left
   * over: a pool of 16. A member of the pool is named by the hash of its key, since entries move,
   * and counts only while its stamp is what it was: it was not used since. Time is the number of
   * uses of this map, so nothing depends on a clock.
   *
   *   LRU   stamp = time of the last use; the victim has the oldest
   *   LFU   stamp = | period (24 bits) | count (8 bits) |; the victim has the lowest count
   *
   * A count is logarithmic: a use adds 1 with probability 1 / (1 + count - 5), so 255 stands for
   * some 31,000 uses. It loses 1 for each period without a use; a period is 10 uses an entry of the
   * map. (Redis divides by 10 more and decays by the minute: counts of 5 to 7, which most entries
   * of a cache have, then say too little.) A new entry starts with 5.
   *
   * Sources: evict.c of Redis 7 (sampling, pool, logarithmic counter with decay); the period of a
   * multiple of the size is the sample size of TinyLFU (G. Einziger, R. Friedman, B. Manes,
   * TinyLFU: A Highly Efficient Cache Admission Policy, ACM ToS 2017).
   */
  private static final int SAMPLE_ENTRIES = 10;
  private static final int SAMPLE_POSITIONS_MAX = 256;
  private static final int POOL_LENGTH = 16;
  private static final int COUNT_BITS = 8;
  private static final int COUNT_MAX = (1 << COUNT_BITS) - 1;
  private static final int COUNT_FRESH = 5;
  private static final int PERIODS_MASK = (1 << 24) - 1;
  private static final int PERIOD_USES_MIN = 1_000;
  private static final int PERIOD_USES_OF_ENTRY = 10;

  private final EvictionPolicy policy;
  private final PageStore pages;
  private final ResizingTable table;
  private final long[] poolHashes;
  private final int[] poolStamps;
  private final long[] poolScores;
  private final IntConsumer consideration = this::consider;
  private int pooled;
  private int time;
  private int period;
  private long usesOfPeriod;
  private long random;

  Eviction(EvictionPolicy policy, PageStore pages, ResizingTable table, long seed) {
    this.policy = policy;
    this.pages = pages;
    this.table = table;
    this.random = seed | 1;
    int poolLength = policy == EvictionPolicy.NONE ? 0 : POOL_LENGTH;
    this.poolHashes = new long[poolLength];
    this.poolStamps = new int[poolLength];
    this.poolScores = new long[poolLength];
  }

  /** The stamp of a new entry. */
  int fresh() {
    time++;
    return policy == EvictionPolicy.LRU ? time : stamp(period, COUNT_FRESH);
  }

  /** The stamp of an entry that is used, by the one it had; there are so many entries. */
  int used(int before, long entries) {
    time++;
    if (policy == EvictionPolicy.LRU) {
      return time;
    }
    usesOfPeriod++;
    if (usesOfPeriod >= Math.max(PERIOD_USES_MIN, PERIOD_USES_OF_ENTRY * entries)) {
      usesOfPeriod = 0;
      period = (period + 1) & PERIODS_MASK;
    }
    int count = countNow(before);
    int chances = 1 + Math.max(0, count - COUNT_FRESH);
    boolean counts = count < COUNT_MAX && Long.remainderUnsigned(nextRandom(), chances) == 0;
    return stamp(period, counts ? count + 1 : count);
  }

  /** The entry to evict, or {@link PageStore#NONE} if the sample found nothing. */
  int victim() {
    for (int i = 0; i < pooled; i++) {
      poolScores[i] = score(poolStamps[i]);
    }
    sample();
    int victim = takeBest();
    if (victim == PageStore.NONE) {
      // The pool was full of entries that are gone, or were used since: it is empty now.
      sample();
      victim = takeBest();
    }
    return victim;
  }

  /** Takes members out of the pool, the best first, until one still counts. */
  private int takeBest() {
    while (pooled > 0) {
      int best = best();
      int reference = table.find(poolHashes[best]);
      int stamp = poolStamps[best];
      pooled--;
      pool(best, poolHashes[pooled], poolStamps[pooled], poolScores[pooled]);
      if (reference != PageStore.NONE && stampOf(reference) == stamp) {
        return reference;
      }
    }
    return PageStore.NONE;
  }

  private void sample() {
    int position = (int) (nextRandom() >>> 32);
    int sampled = 0;
    for (int i = 0; i < SAMPLE_POSITIONS_MAX && sampled < SAMPLE_ENTRIES; i++) {
      sampled += table.visit(position, consideration);
      position = table.following(position);
    }
  }

  private void consider(int reference) {
    int stamp = stampOf(reference);
    long score = score(stamp);
    int place = pooled < POOL_LENGTH ? pooled : worst();
    if (place < pooled && score <= poolScores[place]) {
      return;
    }
    long hash = table.hashOf(reference);
    if (!isPooled(hash)) {
      pool(place, hash, stamp, score);
      pooled = Math.max(pooled, place + 1);
    }
  }

  private boolean isPooled(long hash) {
    for (int i = 0; i < pooled; i++) {
      if (poolHashes[i] == hash) {
        return true;
      }
    }
    return false;
  }

  private void pool(int place, long hash, int stamp, long score) {
    poolHashes[place] = hash;
    poolStamps[place] = stamp;
    poolScores[place] = score;
  }

  private int best() {
    int best = 0;
    for (int i = 1; i < pooled; i++) {
      best = poolScores[i] > poolScores[best] ? i : best;
    }
    return best;
  }

  private int worst() {
    int worst = 0;
    for (int i = 1; i < pooled; i++) {
      worst = poolScores[i] < poolScores[worst] ? i : worst;
    }
    return worst;
  }

  /** How good a victim an entry is. */
  private long score(int stamp) {
    if (policy == EvictionPolicy.LRU) {
      return Integer.toUnsignedLong(time - stamp);
    }
    return ((long) (COUNT_MAX - countNow(stamp)) << 32) | periodsSince(stamp);
  }

  private int countNow(int stamp) {
    return Math.max(0, (stamp & COUNT_MAX) - periodsSince(stamp));
  }

  private int periodsSince(int stamp) {
    return (period - (stamp >>> COUNT_BITS)) & PERIODS_MASK;
  }

  private static int stamp(int period, int count) {
    return (period << COUNT_BITS) | count;
  }

  private int stampOf(int reference) {
    return EntryBytes.usage(pages.page(reference), pages.offset(reference));
  }

  /** Xorshift64 (G. Marsaglia, Xorshift RNGs, Journal of Statistical Software 2003). */
  private long nextRandom() {
    random ^= random << 13;
    random ^= random >>> 7;
    random ^= random << 17;
    return random;
  }
}
