package io.shardgrid.history;

import java.util.Arrays;

/** Which of the answered operations have their place. */
final class PlacedSet {

  private final long[] words;
  private int size;

  PlacedSet(int capacity) {
    words = new long[capacity / Long.SIZE + 1];
  }

  int size() {
    return size;
  }

  void add(int number) {
    words[number / Long.SIZE] |= 1L << number;
    size++;
  }

  void remove(int number) {
    words[number / Long.SIZE] &= ~(1L << number);
    size--;
  }

  /** Where {@link #tail} begins: all below are members. */
  static int wordOf(int firstMissing) {
    return firstMissing / Long.SIZE;
  }

  /**
   * The words from that of the first number that is missing to that of the last one that is not.
   * With operations placed roughly in the order of their invocations these are very few.
   */
  long[] tail(int firstMissing) {
    int from = wordOf(firstMissing);
    int to = from;
    for (int left = size - from * Long.SIZE; left > 0; to++) {
      left -= Long.bitCount(words[to]);
    }
    return Arrays.copyOfRange(words, from, to);
  }
}
