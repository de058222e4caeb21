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
    release(array.length);
  }

  private void release(int length) {
    if (length > 0) {
      bytes -= cost(length);
      budget.release(cost(length));
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

  /** A page within the budget, or {@link Page#NONE}. Its bytes may be any. */
  Page page(int length) {
    return budget.reserve(cost(length)) ? newPage(length) : Page.NONE;
  }

  /** A page, whatever the budget says. Its bytes may be any. */
  Page pageOverdrawn(int length) {
    if (!budget.reserve(cost(length))) {
      budget.overdraw(cost(length));
    }
    return newPage(length);
  }

  /** Gives a page back, which nobody may use any more. */
  void release(Page page) {
    release(page.length());
    reuse(page);
  }

  /** Gives the memory of a page back, which {@link #releaseAll} has been told about. */
  void reuse(Page page) {
    if (page.slab() != null) {
      budget.pool().give(page);
    }
  }

  private Page newPage(int length) {
    if (length != PageStore.PAGE_BYTES_MAX) {
      return Page.ofOwn(newArray(length));
    }
    Page page;
    try {
      page = budget.pool().take();
    } catch (OutOfMemoryError e) {
      budget.release(cost(length));
      throw e;
    }
    bytes += cost(length);
    return page;
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
