package io.shardgrid.node.bench;

import io.shardgrid.node.cli.Verdict;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Sends operations at a fixed rate, half of them reads and half writes, whatever becomes of those
 * before: so that no stall is left out of the figures (coordinated omission). A bound on what is in
 * flight stops sending, not counting: latency counts from when an operation was due.
 *
 * <p>Confined to one thread but for its own and those that complete operations.
 */
final class OpenLoop {

  private static final int IN_FLIGHT_MAX = 4_096;
  private static final long NAP_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long END_SECONDS_MAX = 30;
  private static final double NANOS_PER_SECOND = 1e9;

  private final Subject subject;
  private final Keys keys;
  private final int valueBytes;
  private final double periodNanos;
  private final Semaphore free = new Semaphore(IN_FLIGHT_MAX);
  private final SplittableRandom random = new SplittableRandom(7);
  private final Thread thread = new Thread(this::run, "bench-load");
  private volatile Phase phase;
  private volatile long lateNanos;
  private volatile boolean isStopping;

  /** Prepares a load of so many operations a second, and its first phase. */
  OpenLoop(Subject subject, Keys keys, int valueBytes, int rate) {
    this.subject = subject;
    this.keys = keys;
    this.valueBytes = valueBytes;
    this.periodNanos = NANOS_PER_SECOND / rate;
    this.phase = new Phase("warm");
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /** Ends the phase that runs, and begins the next. */
  Phase enter(String name) {
    return enter(new Phase(name));
  }

  /** Ends the phase that runs; what is due from now on belongs to the given one. */
  Phase enter(Phase next) {
    phase.end();
    phase = next;
    return next;
  }

  /** How late the last operation was sent. */
  long lateNanos() {
    return lateNanos;
  }

  /** Ends the phase and the load, and waits for what is under way. Returns what never ended. */
  int stop() throws InterruptedException {
    isStopping = true;
    phase.end();
    thread.join();
    boolean isEnded = free.tryAcquire(IN_FLIGHT_MAX, END_SECONDS_MAX, TimeUnit.SECONDS);
    return isEnded ? 0 : IN_FLIGHT_MAX - free.availablePermits();
  }

  private void run() {
    long beganNanos = System.nanoTime();
    for (long number = 0; !isStopping; number++) {
      long dueNanos = beganNanos + (long) (number * periodNanos);
      for (long left = dueNanos - System.nanoTime(); left > 0; ) {
        LockSupport.parkNanos(Math.min(left, NAP_NANOS));
        left = dueNanos - System.nanoTime();
      }
      free.acquireUninterruptibly();
      lateNanos = System.nanoTime() - dueNanos;
      send(phase, dueNanos);
    }
  }

  private void send(Phase of, long dueNanos) {
    String key = keys.at(random.nextInt(keys.number()));
    boolean isRead = random.nextBoolean();
    CompletionStage<?> operation;
    try {
      operation = isRead ? subject.get(key) : subject.put(key, new byte[valueBytes]);
    } catch (RuntimeException e) {
      of.failed(kindOf(e));
      free.release();
      return;
    }
    operation.whenComplete(
        (result, failure) -> {
          count(of, dueNanos, isRead, result, failure);
          free.release();
        });
  }

  /** Every key is there: a read that finds none is as wrong as one that fails. */
  private static void count(
      Phase of,
      long dueNanos,
      boolean isRead,
      @Nullable Object result,
      @Nullable Throwable failure) {
    if (failure != null) {
      of.failed(kindOf(failure));
    } else if (isRead && !Boolean.TRUE.equals(result)) {
      of.failed("NoEntry");
    } else {
      of.done(System.nanoTime() - dueNanos);
    }
  }

  private static String kindOf(Throwable failure) {
    return Verdict.unwrapped(failure).getClass().getSimpleName();
  }
}
