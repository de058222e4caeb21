package io.shardgrid.route;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the shards of a router may have unresolved together. They take and give back in large steps
 * (see {@link CapacityShare}), so that the counts, which all threads share, are touched rarely.
 *
 * <p>Thread-safe.
 */
final class Capacity {

  /** A shard takes such a part of the whole at once, but no more than the next two. */
  private static final int STEPS = 1024;

  private static final long OPERATIONS_STEP_MAX = 64;
  private static final long BYTES_STEP_MAX = 64 << 10;

  private final long operationsMax;
  private final long bytesMax;
  private final AtomicLong operations = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicInteger waiters = new AtomicInteger();
  private final Object changed = new Object();
  private long changes;

  Capacity(long operationsMax, long bytesMax) {
    this.operationsMax = operationsMax;
    this.bytesMax = bytesMax;
  }

  /** How many operations are taken or given back at once, at least. */
  long operationsStep() {
    return Math.max(1, Math.min(OPERATIONS_STEP_MAX, operationsMax / STEPS));
  }

  /** How many bytes are. */
  long bytesStep() {
    return Math.max(1, Math.min(BYTES_STEP_MAX, bytesMax / STEPS));
  }

  /** Takes so much, or nothing. */
  boolean take(long moreOperations, long moreBytes) {
    if (!take(operations, moreOperations, operationsMax)) {
      return false;
    }
    if (!take(bytes, moreBytes, bytesMax)) {
      operations.addAndGet(-moreOperations);
      return false;
    }
    return true;
  }

  private static boolean take(AtomicLong count, long more, long max) {
    if (count.addAndGet(more) <= max) {
      return true;
    }
    count.addAndGet(-more);
    return false;
  }

  void give(long lessOperations, long lessBytes) {
    operations.addAndGet(-lessOperations);
    bytes.addAndGet(-lessBytes);
    announce();
  }

  /** There is room again, here or within a shard's own bounds: who waits may try again. */
  void announce() {
    if (waiters.get() != 0) {
      synchronized (changed) {
        changes++;
        changed.notifyAll();
      }
    }
  }

  /**
   * Begins to look for room; to be followed by {@link #endWait}.
   *
   * @return how often there was room again so far
   */
  long beginWait() {
    waiters.incrementAndGet();
    synchronized (changed) {
      return changes;
    }
  }

  /**
   * Waits until there was room again since {@code seen}, for so long at most.
   *
   * @return how often there was so far
   */
  long awaitChange(long seen, long nanosMax) throws InterruptedException {
    long endNanos = System.nanoTime() + nanosMax;
    synchronized (changed) {
      long leftNanos = nanosMax;
      while (changes == seen && leftNanos > 0) {
        changed.wait(leftNanos / 1_000_000, (int) (leftNanos % 1_000_000));
        leftNanos = endNanos - System.nanoTime();
      }
      return changes;
    }
  }

  void endWait() {
    waiters.decrementAndGet();
  }
}
