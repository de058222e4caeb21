package io.shardgrid.bucket;

/**
 * Grants memory to bucket maps.
 *
 * <p>Thread-safe: the shards of a node share one. A map asks for a page or for a run of buckets at
 * a time, not for an entry.
 */
public interface PageBudget {

  /** Takes {@code bytes}, or nothing and answers false when there is no room for all of them. */
  boolean reserve(long bytes);

  /**
   * Takes {@code bytes} even where there is no room for them: for a deadline given to a present
   * entry, which is never refused, and for compaction, which gives more back. New reservations fail
   * until the excess is gone.
   */
  void overdraw(long bytes);

  /** Gives back what was taken. */
  void release(long bytes);

  /** Where pages of full size come from, for all that take from the same whole. */
  PagePool pool();

  /** What is taken now; more than the limit after an overdraft. */
  long reservedBytes();

  /**
   * A part of another budget: what it grants is taken from both. Its overdraft overdraws both.
   *
   * @param bytesMax what the part grants at most
   */
  static PageBudget part(PageBudget whole, long bytesMax) {
    return new PartialBudget(new CountedBudget(bytesMax), whole);
  }

  /** A budget that only counts. */
  static PageBudget unlimited() {
    return of(Long.MAX_VALUE);
  }

  /** A budget of {@code bytesMax} bytes, 0 or more. */
  static PageBudget of(long bytesMax) {
    return new CountedBudget(bytesMax);
  }
}
