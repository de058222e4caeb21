package io.shardgrid.bucket;

import java.util.Objects;

/**
 * A seeded 64-bit hash of bytes that cannot be flooded without knowing the seed. Immutable.
 *
 * <p>The algorithm is wyhash, final version 4.2, by Wang Yi
 * (https://github.com/wangyi-fudan/wyhash, {@code wyhash.h}, public domain), little-endian on every
 * machine. Its four secret parameters are constants there, and whoever knows them can write keys
 * that multiply to zero and collide under every seed; here they are drawn from the seed with the
 * finalizer of SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators,
 * OOPSLA 2014).
 */
public final class SeededHash {

  private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;
  private static final int SHORT_BYTES_MAX = 16;
  private static final long LOW_HALF = 0xffff_ffffL;
  private static final int STRIPE_BYTES = 48;

  private final long start;
  private final long secret0;
  private final long secret1;
  private final long secret2;
  private final long secret3;

  SeededHash(long seed) {
    this(seed, splitMix(seed, 1), splitMix(seed, 2), splitMix(seed, 3), splitMix(seed, 4));
  }

  /** The published function with all its parameters. */
  SeededHash(long seed, long secret0, long secret1, long secret2, long secret3) {
    this.start = seed ^ mix(seed ^ secret0, secret1);
    this.secret0 = secret0;
    this.secret1 = secret1;
    this.secret2 = secret2;
    this.secret3 = secret3;
  }

  /** The hash of {@code length} bytes of {@code key} from {@code offset} on. O(bytes). */
  public static long hash(long seed, byte[] key, int offset, int length) {
    return new SeededHash(seed).of(key, offset, length);
  }

  /** The hash of {@code length} bytes of {@code key} from {@code offset} on. O(bytes). */
  long of(byte[] key, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, key.length);
    if (length <= SHORT_BYTES_MAX) {
      return ofShort(key, offset, length);
    }
    long state = start;
    int at = offset;
    int left = length;
    if (left >= STRIPE_BYTES) {
      long state1 = state;
      long state2 = state;
      do {
        state = mix(longAt(key, at) ^ secret1, longAt(key, at + 8) ^ state);
        state1 = mix(longAt(key, at + 16) ^ secret2, longAt(key, at + 24) ^ state1);
        state2 = mix(longAt(key, at + 32) ^ secret3, longAt(key, at + 40) ^ state2);
        at += STRIPE_BYTES;
        left -= STRIPE_BYTES;
      } while (left >= STRIPE_BYTES);
      state ^= state1 ^ state2;
    }
    for (; left > 16; left -= 16) {
      state = mix(longAt(key, at) ^ secret1, longAt(key, at + 8) ^ state);
      at += 16;
    }
    int end = offset + length;
    return finish(state, longAt(key, end - 16), longAt(key, end - 8), length);
  }

  private long finish(long state, long first, long last, int length) {
    long a = first ^ secret1;
    long b = last ^ state;
    return mix((a * b) ^ secret0 ^ length, multiplyHighUnsigned(a, b) ^ secret1);
  }

  /** Two words that cover up to 16 bytes, in the order of halves that the source gives them. */
  private long ofShort(byte[] key, int at, int length) {
    if (length >= 8) {
      long head = longAt(key, at);
      long tail = longAt(key, at + length - 8);
      return length == 16
          ? finish(start, (head << 32) | (tail & LOW_HALF), (tail & ~LOW_HALF) | (head >>> 32), 16)
          : finish(start, Long.rotateLeft(head, 32), tail, length);
    }
    if (length >= 4) {
      long head = unsignedIntAt(key, at);
      long tail = unsignedIntAt(key, at + length - 4);
      return finish(start, (head << 32) | head, (tail << 32) | tail, length);
    }
    if (length == 0) {
      return finish(start, 0, 0, 0);
    }
    long bytes =
        ((key[at] & 0xffL) << 16)
            | ((key[at + (length >> 1)] & 0xffL) << 8)
            | (key[at + length - 1] & 0xffL);
    return finish(start, bytes, 0, length);
  }

  private static long longAt(byte[] bytes, int at) {
    return Layout.longAt(bytes, at);
  }

  private static long unsignedIntAt(byte[] bytes, int at) {
    return Integer.toUnsignedLong(Layout.intAt(bytes, at));
  }

  private static long mix(long a, long b) {
    return (a * b) ^ multiplyHighUnsigned(a, b);
  }

  /** {@code Math.unsignedMultiplyHigh} of later JDKs. */
  private static long multiplyHighUnsigned(long a, long b) {
    return Math.multiplyHigh(a, b) + ((a >> 63) & b) + ((b >> 63) & a);
  }

  /** The number that a SplitMix64 generator with this seed gives as its {@code nth}. */
  private static long splitMix(long seed, int nth) {
    long z = seed + nth * GOLDEN_GAMMA;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
