package io.shardgrid.bucket;

/** What one map has taken from its budget, and the arrays it took it for. Not thread-safe. */
final class Reservation {

  /** Stands for an array that is not there: refused, not yet made, or given back. */
  static final byte[] NO_BYTES = new byte[0];

  private final PageBudget budget;
  private long bytes;

  Reservation(PageBudget budget) {
    this.budget = budget;
  }

  /** A new array within the budget, or {@link #NO_BYTES}. */
  byte[] array(int length) {
    if (!budget.reserve(cost(length))) {
      return NO_BYTES;
    }
    return newArray(length);
  }

  /** A new array, whatever the budget says. */
  byte[] arrayOverdrawn(int length) {
    if (!budget.reserve(cost(length))) {
      budget.overdraw(cost(length));
    }
    return newArray(length);
  }

  /** Counts an array that somebody else has made; false if the budget has no room for it. */
  boolean adopt(byte[] array) {
    if (!budget.reserve(cost(array.length))) {
      return false;
    }
    bytes += cost(array.length);
    return true;
  }

  void release(byte[] array) {
    if (array.length > 0) {
      bytes -= cost(array.length);
      budget.release(cost(array.length));
    }
  }

  /** Gives everything back at once: for when all arrays are dropped. O(1). */
  void releaseAll() {
    budget.release(bytes);
    bytes = 0;
  }

  long bytes() {
    return bytes;
  }

  private byte[] newArray(int length) {
    byte[] array;
    try {
      array = new byte[length];
    } catch (OutOfMemoryError e) {
      // The owner may survive this, and the node's budget must not shrink by it.
      budget.release(cost(length));
      throw e;
    }
    bytes += cost(length);
    return array;
  }

  private static long cost(int length) {
    return (long) length + Layout.ARRAY_HEADER_BYTES;
  }
}
