package io.shardgrid.bucket;

import java.util.Arrays;

/** Numbers to be used again, the last one first. Not thread-safe; O(1), but for its growth. */
final class NumberStack {

  private int[] numbers = {};
  private int count;

  int count() {
    return count;
  }

  void push(int number) {
    if (count == numbers.length) {
      numbers = Arrays.copyOf(numbers, Math.max(2, 2 * count));
    }
    numbers[count] = number;
    count++;
  }

  /** The number pushed last; there must be one. */
  int pop() {
    count--;
    return numbers[count];
  }

  void clear() {
    numbers = new int[0];
    count = 0;
  }
}
