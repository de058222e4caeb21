package io.shardgrid.bucket;

import java.util.Random;

/** Keys and values for tests, the same for the same number. */
final class TestKeys {

  private TestKeys() {}

  /** A key of 16 bytes. */
  static byte[] key(long number) {
    byte[] key = new byte[16];
    Layout.putLong(key, 0, number);
    Layout.putLong(key, 8, number * 0x9e3779b97f4a7c15L);
    return key;
  }

  static long number(byte[] key) {
    return Layout.longAt(key, 0);
  }

  static byte[] random(long seed, int length) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  /** Keys that all meet in one bucket of any table of up to 2^bits buckets, with one tophash. */
  static byte[][] colliding(long hashSeed, int bits, int count) {
    SeededHash hash = new SeededHash(hashSeed);
    byte[][] keys = new byte[count][];
    int found = 0;
    for (long number = 0; found < count; number++) {
      byte[] key = key(number);
      long hashOfKey = hash.of(key, 0, key.length);
      if (hashOfKey >>> 56 == 0x77 && (hashOfKey & ((1L << bits) - 1)) == 1) {
        keys[found] = key;
        found++;
      }
    }
    return keys;
  }
}
