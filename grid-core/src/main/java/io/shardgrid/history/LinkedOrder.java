package io.shardgrid.history;

/**
 * Numbers in a fixed order, each of which can be taken out, and put back when all that were taken
 * out after it are back. O(1) each.
 */
final class LinkedOrder {

  /*
   * A ring of links through two arrays. A number that is taken out keeps its own links, which are
   * right again when it is put back: D. Knuth, Dancing links, 2000.
   */
  private final int[] next;
  private final int[] previous;

  /** Links these numbers, all of them below {@code end}, in this order. */
  LinkedOrder(int[] order, int end) {
    next = new int[end + 1];
    previous = new int[end + 1];
    int last = end;
    for (int number : order) {
      next[last] = number;
      previous[number] = last;
      last = number;
    }
    next[last] = end;
    previous[end] = last;
  }

  /** What stands behind the last number. */
  int end() {
    return next.length - 1;
  }

  /** The first number, or {@link #end}. */
  int first() {
    return next[end()];
  }

  /** The number behind this one, or {@link #end}. */
  int next(int number) {
    return next[number];
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
