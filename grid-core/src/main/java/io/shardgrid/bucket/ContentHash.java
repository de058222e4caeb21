package io.shardgrid.bucket;

import java.nio.charset.StandardCharsets;

/**
 * The fixed 128-bit hash that digests are made of: the same on every node and for every cluster,
 * independent of the seed of a map's table. Holds its result until the next one is begun. Not
 * thread-safe.
 */
final class ContentHash {

  /*
   * MurmurHash3_x64_128, and the parts of an entry in a chain: the result of one part is the seed
   * of the next, so where one part ends and the next begins counts, and a step can be taken more
   * than once from the same place.
   *
   *   name of the map -> key -> value -> deadline              content: what clusters compare
   *                               \----> deadline and version  entry: what replicas compare
   *
   * Source: Austin Appleby, MurmurHash3.cpp (https://github.com/aappleby/smhasher, public domain).
   * It seeds both halves with one number of 32 bits; here they are seeded one by one.
   */
  private static final long FACTOR_1 = 0x87c37b91114253d5L;
  private static final long FACTOR_2 = 0x4cf5ad432745937fL;

  private long low;
  private long high;

  long low() {
    return low;
  }

  long high() {
    return high;
  }

  /** Starts with the name of a map. */
  void begin(String name) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    begin(0, 0);
    absorb(bytes, 0, bytes.length);
  }

  /** Starts where another has ended, or from two halves of a seed. */
  void begin(long newLow, long newHigh) {
    low = newLow;
    high = newHigh;
  }

  /** Takes in bytes. O(length). */
  void absorb(byte[] bytes, int from, int length) {
    long h1 = low;
    long h2 = high;
    int at = from;
    for (int blocks = length >>> 4; blocks > 0; blocks--) {
      h1 = mixFirst(h1, h2, Layout.longAt(bytes, at));
      h2 = mixSecond(h2, h1, Layout.longAt(bytes, at + 8));
      at += 16;
    }
    int rest = length & 15;
    if (rest > 8) {
      h2 ^= scramble2(partialLong(bytes, at + 8, rest - 8));
      h1 ^= scramble1(Layout.longAt(bytes, at));
    } else if (rest > 0) {
      h1 ^= scramble1(partialLong(bytes, at, rest));
    }
    finish(h1, h2, length);
  }

  /** Takes in one number of 8 bytes, little-endian. */
  void absorb(long number) {
    finish(low ^ scramble1(number), high, 8);
  }

  /** Takes in two numbers of 8 bytes, little-endian. */
  void absorb(long first, long second) {
    long h1 = mixFirst(low, high, first);
    finish(h1, mixSecond(high, h1, second), 16);
  }

  private void finish(long h1, long h2, int length) {
    long a = h1 ^ length;
    long b = h2 ^ length;
    a += b;
    b += a;
    a = avalanche(a);
    b = avalanche(b);
    a += b;
    low = a;
    high = b + a;
  }

  private static long mixFirst(long h1, long h2, long first) {
    long h = Long.rotateLeft(h1 ^ scramble1(first), 27) + h2;
    return h * 5 + 0x52dce729;
  }

  private static long mixSecond(long h2, long h1, long second) {
    long h = Long.rotateLeft(h2 ^ scramble2(second), 31) + h1;
    return h * 5 + 0x38495ab5;
  }

  private static long scramble1(long k) {
    return Long.rotateLeft(k * FACTOR_1, 31) * FACTOR_2;
  }

  private static long scramble2(long k) {
    return Long.rotateLeft(k * FACTOR_2, 33) * FACTOR_1;
  }

  private static long avalanche(long h) {
    long k = h;
    k = (k ^ (k >>> 33)) * 0xff51afd7ed558ccdL;
    k = (k ^ (k >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return k ^ (k >>> 33);
  }

  /** The number that 1 to 8 bytes are; reads neighbours of theirs where there are any. */
  private static long partialLong(byte[] bytes, int at, int length) {
    if (at + 8 <= bytes.length) {
      return Layout.longAt(bytes, at) & (-1L >>> (64 - 8 * length));
    }
    if (at + length >= 8) {
      return Layout.longAt(bytes, at + length - 8) >>> (64 - 8 * length);
    }
    long number = 0;
    for (int i = length - 1; i >= 0; i--) {
      number = (number << 8) | (bytes[at + i] & 0xff);
    }
    return number;
  }
}
