package io.shardgrid.history;

/**
 * Lists of numbers, each of which can be taken out, and put back when all that were taken out after
 * it are back. A number is in one list at most. O(1) each.
 */
final class LinkedOrders {

  /*
   * Rings of links through two arrays, each closed by a link that stands behind the numbers. A
   * number that is taken out keeps its own links, which are right again when it is put back:
   * D. Knuth, Dancing links, 2000.
   */
  private final int size;
  private final int[] next;
  private final int[] previous;

  /** Empty lists, for numbers below {@code size}. */
  LinkedOrders(int size, int lists) {
    this.size = size;
    next = new int[size + lists];
    previous = new int[size + lists];
    for (int list = 0; list < lists; list++) {
      next[size + list] = size + list;
      previous[size + list] = size + list;
    }
  }

  /** Puts a number at the end of a list. */
  void append(int list, int number) {
    int end = size + list;
    next[number] = end;
    previous[number] = previous[end];
    putBack(number);
  }

  /** The first number of a list; none if it {@link #isEnd}. */
  int first(int list) {
    return next[size + list];
  }

  /** The number behind this one, also if it is taken out; none if it {@link #isEnd}. */
  int next(int number) {
    return next[number];
  }

  boolean isEnd(int number) {
    return number >= size;
  }

  void takeOut(int number) {
    next[previous[number]] = next[number];
    previous[next[number]] = previous[number];
  }

  void putBack(int number) {
    next[previous[number]] = number;
    previous[next[number]] = number;
  }
}
