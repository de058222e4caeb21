package io.shardgrid.node.drill;

import io.shardgrid.map.AsyncMap;
import io.shardgrid.node.cli.Verdict;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Writes that nobody judges but for how they end: to fill a map, or to ask for more than the nodes
 * can do. Every write has a key of its own.
 *
 * <p>Confined to one thread, which it blocks.
 */
final class Flood {

  private static final int OPEN_MAX = Integer.MAX_VALUE;
  private static final long END_SECONDS_MAX = 30;
  private static final String DONE = "done";

  private final AsyncMap<String, byte[]> map;
  private final byte[] value;
  private final Map<String, Long> ends = new TreeMap<>();
  private long next;

  /** Prepares writes of values of this size. */
  Flood(AsyncMap<String, byte[]> map, int valueBytes) {
    this.map = map;
    this.value = new byte[valueBytes];
  }

  /** Writes so many entries, some at once, and waits for their ends. */
  void write(long entries, int inFlight) {
    Semaphore room = new Semaphore(inFlight);
    for (long left = entries; left > 0; left--) {
      room.acquireUninterruptibly();
      write(room);
    }
    room.acquireUninterruptibly(inFlight);
  }

  /** Writes for a while, so many at once. Returns how many ended well a second. */
  double writeFor(long nanos, int inFlight) {
    long before = done();
    long fromNanos = System.nanoTime();
    Semaphore room = new Semaphore(inFlight);
    while (System.nanoTime() - fromNanos < nanos) {
      room.acquireUninterruptibly();
      write(room);
    }
    room.acquireUninterruptibly(inFlight);
    return (done() - before) * 1e9 / (System.nanoTime() - fromNanos);
  }

  /** Writes at a rate whatever becomes of it. Returns whether all has ended some time later. */
  boolean pour(long nanos, double rate) {
    Semaphore open = new Semaphore(OPEN_MAX);
    long fromNanos = System.nanoTime();
    long sent = 0;
    for (long now = fromNanos; now - fromNanos < nanos; now = System.nanoTime()) {
      for (double due = (now - fromNanos) * rate / 1e9; sent < due; sent++) {
        open.acquireUninterruptibly();
        write(open);
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
    }
    try {
      return open.tryAcquire(OPEN_MAX, END_SECONDS_MAX, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void write(Semaphore room) {
    var ignored =
        map.put("flood-" + next++, value)
            .whenComplete(
                (done, failure) -> {
                  count(
                      failure == null
                          ? DONE
                          : Verdict.unwrapped(failure).getClass().getSimpleName());
                  room.release();
                });
  }

  private synchronized void count(String end) {
    ends.merge(end, 1L, Long::sum);
  }

  /** How many writes ended well. */
  synchronized long done() {
    return ends.getOrDefault(DONE, 0L);
  }

  /** How many writes ended how: "done", or by the name of their error. */
  synchronized Map<String, Long> ends() {
    return new TreeMap<>(ends);
  }

  /** The key of the write that began last. */
  String lastKey() {
    return "flood-" + (next - 1);
  }
}
