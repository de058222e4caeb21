package io.shardgrid.client.mirror;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;

/** Comparisons that wait to be made, bounded by their number and the bytes of their answers. */
final class ComparisonQueue {

  private final BlockingQueue<Comparison> queue;
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

  /** Waits for the next one. */
  Comparison take() throws InterruptedException {
    Comparison next = queue.take();
    bytes.addAndGet(-next.bytes());
    return next;
  }
}
