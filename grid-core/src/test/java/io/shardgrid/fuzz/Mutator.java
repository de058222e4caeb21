package io.shardgrid.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.random.RandomGenerator;

/** Changes inputs, by a random generator that it is handed. Not thread-safe. */
final class Mutator {

  private static final long[] EDGES = {
    0,
    1,
    -1,
    2,
    7,
    8,
    15,
    16,
    31,
    32,
    63,
    64,
    127,
    128,
    255,
    256,
    511,
    512,
    1023,
    1024,
    4095,
    4096,
    16_383,
    16_384,
    32_767,
    32_768,
    65_535,
    65_536,
    1 << 20,
    (1 << 23) + 1,
    Integer.MAX_VALUE,
    Integer.MIN_VALUE,
    1L << 32,
    Long.MAX_VALUE,
    Long.MIN_VALUE
  };
  private static final int CHANGES_MAX = 8;

  private final RandomGenerator random;
  private final int bytesMax;
  private final List<byte[]> words = new ArrayList<>();
  private final List<Integer> numbers = new ArrayList<>();

  /**
   * A mutator.
   *
   * @param bytesMax of what it makes
   */
  Mutator(RandomGenerator random, int bytesMax) {
    this.random = random;
    this.bytesMax = bytesMax;
  }

  void learnWords(Collection<String> more) {
    more.forEach(word -> words.add(word.getBytes(StandardCharsets.UTF_8)));
  }

  void learnNumbers(Collection<Integer> more) {
    numbers.addAll(more);
  }

  /** A changed form of an input; {@code other} is one to take parts from. */
  byte[] mutate(byte[] input, byte[] other) {
    byte[] changed = input;
    int changes = random.nextBoolean() ? 1 : 1 + random.nextInt(CHANGES_MAX);
    for (int i = 0; i < changes; i++) {
      changed = change(changed, other);
    }
    return changed.length <= bytesMax ? changed : Arrays.copyOf(changed, bytesMax);
  }

  private byte[] change(byte[] in, byte[] other) {
    if (in.length == 0) {
      return piece(other);
    }
    int at = random.nextInt(in.length);
    return switch (random.nextInt(14)) {
      case 0 -> set(in, at, in[at] ^ (1 << random.nextInt(8)));
      case 1 -> set(in, at, random.nextInt());
      case 2 -> set(in, at, in[at] + random.nextInt(-8, 9));
      case 3 -> replace(in, at, width(), fixed(edge(), width()));
      case 4 -> replace(in, at, random.nextInt(4), varint(edge()));
      case 5 -> replace(in, at, length(in.length - at), new byte[0]);
      case 6 -> replace(in, at, 0, piece(in));
      case 7 -> replace(in, at, length(in.length - at), piece(other));
      case 8 -> replace(in, at, 0, word());
      case 9 -> replaceSame(in, at, word());
      case 10 -> digits(in, at);
      case 11 -> Arrays.copyOf(in, at);
      case 12 -> replace(in, at, in.length - at, tail(other));
      default -> fill(in, at);
    };
  }

  private static byte[] set(byte[] in, int at, int value) {
    byte[] changed = in.clone();
    changed[at] = (byte) value;
    return changed;
  }

  /** Puts bytes in the place of {@code count} ones. */
  private byte[] replace(byte[] in, int at, int count, byte[] by) {
    int behind = Math.min(in.length, at + count);
    int length = Math.min(at + by.length + in.length - behind, bytesMax);
    byte[] changed = Arrays.copyOf(in, length);
    int put = Math.min(by.length, length - at);
    if (put > 0) {
      System.arraycopy(by, 0, changed, at, put);
    }
    int rest = Math.min(in.length - behind, length - at - by.length);
    if (rest > 0) {
      System.arraycopy(in, behind, changed, at + by.length, rest);
    }
    return changed;
  }

  private byte[] replaceSame(byte[] in, int at, byte[] by) {
    return replace(in, at, by.length, by);
  }

  private byte[] fill(byte[] in, int at) {
    byte[] changed = in.clone();
    int end = Math.min(in.length, at + length(in.length - at));
    Arrays.fill(changed, at, end, (byte) random.nextInt());
    return changed;
  }

  /** Another number in the place of the one that stands at, or behind, a place in a text. */
  private byte[] digits(byte[] in, int at) {
    int from = at;
    while (from < in.length && !isDigit(in[from])) {
      from++;
    }
    int to = from;
    while (to < in.length && isDigit(in[to])) {
      to++;
    }
    String number = Long.toString(random.nextInt(3) == 0 ? random.nextInt(32) : edge());
    return replace(in, from, to - from, number.getBytes(StandardCharsets.US_ASCII));
  }

  private static boolean isDigit(byte one) {
    return one >= '0' && one <= '9';
  }

  private byte[] word() {
    return words.isEmpty() ? fixed(edge(), width()) : words.get(random.nextInt(words.size()));
  }

  private long edge() {
    boolean isLearnt = !numbers.isEmpty() && random.nextInt(3) == 0;
    long edge =
        isLearnt
            ? numbers.get(random.nextInt(numbers.size()))
            : EDGES[random.nextInt(EDGES.length)];
    return random.nextInt(4) == 0 ? edge + random.nextInt(-2, 3) : edge;
  }

  private int width() {
    return 1 << random.nextInt(4);
  }

  private static byte[] fixed(long value, int width) {
    byte[] bytes = new byte[width];
    for (int i = 0; i < width; i++) {
      bytes[i] = (byte) (value >>> (8 * (width - 1 - i)));
    }
    return bytes;
  }

  private static byte[] varint(long value) {
    byte[] bytes = new byte[10];
    int length = 0;
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      bytes[length++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[length++] = (byte) rest;
    return Arrays.copyOf(bytes, length);
  }

  /** Short most often. */
  private int length(int max) {
    int bits = random.nextInt(12);
    return 1 + random.nextInt(Math.max(1, Math.min(max, 1 << bits)));
  }

  private byte[] piece(byte[] of) {
    if (of.length == 0) {
      return new byte[] {(byte) random.nextInt()};
    }
    int from = random.nextInt(of.length);
    return Arrays.copyOfRange(of, from, Math.min(of.length, from + length(of.length - from)));
  }

  private byte[] tail(byte[] of) {
    return of.length == 0 ? of : Arrays.copyOfRange(of, random.nextInt(of.length), of.length);
  }
}
