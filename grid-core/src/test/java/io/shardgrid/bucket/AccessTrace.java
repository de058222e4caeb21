package io.shardgrid.bucket;

import java.util.Arrays;
import java.util.Random;

/** Keys in the order a cache is asked for them, the same for the same seed. */
final class AccessTrace {

  private AccessTrace() {}

  /** Zipfian: the i-th most popular of {@code keys} keys comes with a weight of 1 / i^theta. */
  static int[] zipfian(long seed, int keys, double theta, int length) {
    double[] sums = new double[keys];
    double sum = 0;
    for (int i = 0; i < keys; i++) {
      sum += 1 / Math.pow(i + 1.0, theta);
      sums[i] = sum;
    }
    Random random = new Random(seed);
    int[] trace = new int[length];
    for (int i = 0; i < length; i++) {
      int found = Arrays.binarySearch(sums, random.nextDouble() * sum);
      trace[i] = Math.min(keys - 1, found < 0 ? -found - 1 : found);
    }
    return trace;
  }

  /** The same in stretches; in each the popular keys are others. */
  static int[] shifting(long seed, int keys, double theta, int length, int stretches) {
    int[] trace = zipfian(seed, keys, theta, length);
    for (int i = 0; i < length; i++) {
      long stretch = (long) i * stretches / length;
      trace[i] = (int) ((trace[i] + stretch * (keys / 3)) % keys);
    }
    return trace;
  }

  /** Zipfian, and every so often a run over keys that come once and never again. */
  static int[] scanned(long seed, int keys, double theta, int length, int run) {
    int[] trace = zipfian(seed, keys, theta, length);
    int next = keys;
    for (int start = 5 * run; start + run < length; start += 6 * run) {
      for (int i = 0; i < run; i++) {
        trace[start + i] = next++;
      }
    }
    return trace;
  }
}
