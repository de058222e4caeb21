package io.shardgrid.node.drill;

import io.shardgrid.map.AsyncMap;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Reads a map as fast as so many at once can, or at a pace, and judges each answer. Used by one
 * thread.
 */
final class StoreReaders {

  private static final int SAMPLES_MAX = 1 << 17;

  private final AsyncMap<String, String> map;
  private final int atOnce;
  private final LongFunction<String> keys;
  private final LongFunction<@Nullable String> values;
  private final AtomicLong right = new AtomicLong();
  private final AtomicLong wrong = new AtomicLong();
  private final Map<String, Long> failures = new ConcurrentHashMap<>();
  private final long[] tookNanos = new long[SAMPLES_MAX];
  private final AtomicLong ended = new AtomicLong();
  private long everyNanos;
  private double seconds;

  /**
   * Readers that have not begun.
   *
   * @param keys what the nth of them reads
   * @param values what is right then; null for nothing
   */
  StoreReaders(
      AsyncMap<String, String> map,
      int atOnce,
      LongFunction<String> keys,
      LongFunction<@Nullable String> values) {
    this.map = map;
    this.atOnce = atOnce;
    this.keys = keys;
    this.values = values;
  }

  /** Reads so many a second at most. */
  StoreReaders atMost(int aSecond) {
    everyNanos = TimeUnit.SECONDS.toNanos(1) / aSecond;
    return this;
  }

  /** Reads for so long, and waits for the last answer. */
  StoreReaders readFor(double wantedSeconds) {
    Semaphore room = new Semaphore(atOnce);
    long fromNanos = System.nanoTime();
    long endNanos = fromNanos + (long) (wantedSeconds * 1e9);
    long number = 0;
    while (System.nanoTime() - endNanos < 0) {
      room.acquireUninterruptibly();
      awaitNanos(fromNanos + number * everyNanos);
      read(number++, room);
    }
    room.acquireUninterruptibly(atOnce);
    seconds = (System.nanoTime() - fromNanos) / 1e9;
    return this;
  }

  private static void awaitNanos(long dueNanos) {
    long leftNanos = dueNanos - System.nanoTime();
    while (leftNanos > 0) {
      LockSupport.parkNanos(leftNanos);
      leftNanos = dueNanos - System.nanoTime();
    }
  }

  private void read(long number, Semaphore room) {
    long askedNanos = System.nanoTime();
    String wanted = values.apply(number);
    map.get(keys.apply(number))
        .whenComplete(
            (found, failure) -> {
              long at = ended.getAndIncrement();
              tookNanos[(int) (at % SAMPLES_MAX)] = System.nanoTime() - askedNanos;
              judge(found, wanted, failure);
              room.release();
            });
  }

  private void judge(Optional<String> found, @Nullable String wanted, @Nullable Throwable failure) {
    if (failure != null) {
      Throwable cause =
          failure instanceof CompletionException && failure.getCause() != null
              ? failure.getCause()
              : failure;
      failures.merge(cause.getClass().getSimpleName(), 1L, Long::sum);
    } else if (found.equals(Optional.ofNullable(wanted))) {
      right.incrementAndGet();
    } else {
      wrong.incrementAndGet();
    }
  }

  long ended() {
    return ended.get();
  }

  long right() {
    return right.get();
  }

  long wrong() {
    return wrong.get();
  }

  /** How many failed, by the name of the exception. */
  Map<String, Long> failures() {
    return Map.copyOf(failures);
  }

  double seconds() {
    return seconds;
  }

  double aSecond() {
    return ended() / seconds;
  }

  /** How long an answer took, for this share of them at most, in milliseconds. */
  double millis(double share) {
    int count = (int) Math.min(ended(), SAMPLES_MAX);
    long[] sorted = Arrays.copyOf(tookNanos, count);
    Arrays.sort(sorted);
    return count == 0 ? 0 : sorted[(int) Math.min(count - 1, (long) (share * count))] / 1e6;
  }
}
