package io.shardgrid.client.mirror;

import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Comparisons that wait to be made, bounded by their number and the bytes of their answers. Nobody
 * waits at it: whoever adds one is a cluster's event loop, which should not have to wake a thread.
 * Thread-safe.
 */
final class ComparisonQueue {

  private final Queue<Comparison> queue;
  private final long bytesMax;
  private final AtomicLong bytes = new AtomicLong();

  ComparisonQueue(int max, long bytesMax) {
    this.queue = new ArrayBlockingQueue<>(max);
    this.bytesMax = bytesMax;
  }

  /** Adds one; false if there is no room. */
  boolean offer(Comparison comparison) {
    long taken = comparison.bytes();
    if (bytes.addAndGet(taken) > bytesMax || !queue.offer(comparison)) {
      bytes.addAndGet(-taken);
      return false;
    }
    return true;
  }

  /** The next one; null if there is none. */
  @Nullable Comparison poll() {
    Comparison next = queue.poll();
    if (next != null) {
      bytes.addAndGet(-next.bytes());
    }
    return next;
  }
}
