package io.shardgrid.baseline;

import java.util.SplittableRandom;

/**
 * The keys of a comparison and the operations on them, all drawn beforehand, so that what is
 * measured is the map and not the dice. Immutable; the same arguments give the same workload.
 */
final class Workload {

  /** More than the keys, as the threads go round and round; a power of two. */
  private static final int DRAWS = 1 << 21;

  private static final long SEED = 20240229;

  private final String[] keys;

  /** A key's number if it is read, its complement if it is written. */
  private final int[] draws;

  Workload(int keyCount, int readPercent, KeyDistribution distribution) {
    SplittableRandom random = new SplittableRandom(SEED);
    this.keys = shuffledKeys(keyCount, random);
    this.draws = distribution.draw(DRAWS, keyCount, random);
    for (int i = 0; i < DRAWS; i++) {
      if (random.nextInt(100) >= readPercent) {
        draws[i] = ~draws[i];
      }
    }
  }

  /** Popular keys are neither neighbours in memory nor alike. */
  private static String[] shuffledKeys(int count, SplittableRandom random) {
    String[] keys = new String[count];
    for (int i = 0; i < count; i++) {
      keys[i] = "key-" + i;
    }
    for (int i = count - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      String key = keys[i];
      keys[i] = keys[other];
      keys[other] = key;
    }
    return keys;
  }

  /** All keys, the most popular first. Not to be changed. */
  String[] keys() {
    return keys;
  }

  /** Where a thread begins, away from where the others do. */
  int start(int thread, int threads) {
    return (int) ((long) DRAWS * thread / threads);
  }

  int next(int position) {
    return (position + 1) & (DRAWS - 1);
  }

  /** Whether the operation at this position is a read. */
  boolean isRead(int position) {
    return draws[position] >= 0;
  }

  /** The key of the operation at this position. */
  String key(int position) {
    int draw = draws[position];
    return keys[draw >= 0 ? draw : ~draw];
  }
}
