package io.shardgrid.rule;

/**
 * Where a rule wants a part of some bytes; all three are unsigned.
 *
 * @param to address in its memory
 * @param length most bytes
 * @param offset from which of the bytes on
 */
record CopyRange(int to, int length, int offset) {

  /** How many of so many bytes it is. */
  int lengthOf(int bytes) {
    if (Integer.compareUnsigned(offset, bytes) >= 0) {
      return 0;
    }
    int left = bytes - offset;
    return Integer.compareUnsigned(length, left) < 0 ? length : left;
  }
}
