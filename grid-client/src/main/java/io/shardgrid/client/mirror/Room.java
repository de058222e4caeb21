package io.shardgrid.client.mirror;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Bounds what is under way to the canary, by operations and bytes. Thread-safe. */
final class Room {

  private final int operationsMax;
  private final long bytesMax;
  private final AtomicInteger operations = new AtomicInteger();
  private final AtomicLong bytes = new AtomicLong();

  Room(int operationsMax, long bytesMax) {
    this.operationsMax = operationsMax;
    this.bytesMax = bytesMax;
  }

  /** Takes room for an operation; false if there is none, and nothing is taken then. */
  boolean take(long wanted) {
    if (operations.incrementAndGet() > operationsMax) {
      operations.decrementAndGet();
      return false;
    }
    if (bytes.addAndGet(wanted) > bytesMax) {
      give(wanted);
      return false;
    }
    return true;
  }

  void give(long taken) {
    operations.decrementAndGet();
    bytes.addAndGet(-taken);
  }

  int operations() {
    return operations.get();
  }
}
