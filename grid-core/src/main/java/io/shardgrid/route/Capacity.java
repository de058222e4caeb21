package io.shardgrid.route;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

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
    long before;
    do {
      before = count.get();
      if (before + more > max) {
        return false;
      }
    } while (!count.compareAndSet(before, before + more));
    return true;
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
   * Tries something again, and whenever there was room again, as long as it is refused for want of
   * room; until the deadline, or an interrupt of the calling thread, which it keeps.
   *
   * @return how it was refused last, null if it was not
   */
  @Nullable Refusal retry(
      Supplier<@Nullable Refusal> attempt, long deadlineNanos, LongSupplier nanoClock) {
    Refusal refusal = Refusal.FULL;
    waiters.incrementAndGet();
    try {
      long seen = changes();
      while (refusal == Refusal.FULL && deadlineNanos - nanoClock.getAsLong() > 0) {
        refusal = attempt.get();
        if (refusal == Refusal.FULL) {
          seen = awaitChange(seen, deadlineNanos, nanoClock);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      waiters.decrementAndGet();
    }
    return refusal;
  }

  private long changes() {
    synchronized (changed) {
      return changes;
    }
  }

  private long awaitChange(long seen, long deadlineNanos, LongSupplier nanoClock)
      throws InterruptedException {
    synchronized (changed) {
      long leftNanos = deadlineNanos - nanoClock.getAsLong();
      while (changes == seen && leftNanos > 0) {
        TimeUnit.NANOSECONDS.timedWait(changed, leftNanos);
        leftNanos = deadlineNanos - nanoClock.getAsLong();
      }
      return changes;
    }
  }
}
