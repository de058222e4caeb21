package io.shardgrid.bucket;

import java.util.SplittableRandom;

/**
 * The keys and values that are measured with: key number n has the same bytes in every run and
 * differs from that of every other number. Stateless.
 */
final class SampleKeys {

  private SampleKeys() {}

  /** Writes key {@code number}, of 8 bytes or a multiple, over {@code key}. */
  static void write(long number, byte[] key) {
    long word = number;
    for (int at = 0; at < key.length; at += Long.BYTES) {
      word = scatter(word);
      Layout.putLong(key, at, word);
    }
  }

  static byte[] key(long number, int length) {
    byte[] key = new byte[length];
    write(number, key);
    return key;
  }

  static byte[] value(int length) {
    byte[] value = new byte[length];
    new SplittableRandom(length).nextBytes(value);
    return value;
  }

  /** The numbers from 0 to {@code count} - 1 in a random order, the same in every run. */
  static int[] shuffledNumbers(int count) {
    SplittableRandom random = new SplittableRandom(count);
    int[] numbers = new int[count];
    for (int i = 0; i < count; i++) {
      int other = random.nextInt(i + 1);
      numbers[i] = numbers[other];
      numbers[other] = i;
    }
    return numbers;
  }

  /** The finalizer of SplitMix64: a bijection, so that keys of different numbers differ. */
  private static long scatter(long word) {
    long z = word + 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
