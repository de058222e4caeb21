package io.shardgrid.node.bench;

import java.util.SplittableRandom;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sends operations when they are due, whatever becomes of those before: so that no stall is left
 * out of the figures (coordinated omission). A bound on what is in flight stops sending, not
 * counting: latency counts from when an operation was due. With a pace that is unbounded, the bound
 * alone holds it up, and it is a closed loop.
 *
 * <p>Confined to one thread but for its own and those that complete operations.
 */
final class OpenLoop {

  /** Enough to leave no operation unsent while a grid stalls for a moment. */
  static final int IN_FLIGHT_MAX = 4_096;

  private static final long END_SECONDS_MAX = 30;

  private final Traffic traffic;
  private final Pace pace;
  private final int inFlightMax;
  private final Semaphore free;
  private final SplittableRandom random = new SplittableRandom(7);
  private final Thread thread = new Thread(this::run, "bench-load");
  private volatile Phase phase;
  private volatile long lateNanos;
  private volatile boolean isStopping;
  private Effort effort = Effort.NONE;

  /** Prepares a load at this pace, and its first phase. */
  OpenLoop(Traffic traffic, Pace pace, int inFlightMax) {
    this.traffic = traffic;
    this.pace = pace;
    this.inFlightMax = inFlightMax;
    this.free = new Semaphore(inFlightMax);
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
    boolean isEnded = free.tryAcquire(inFlightMax, END_SECONDS_MAX, TimeUnit.SECONDS);
    return isEnded ? 0 : inFlightMax - free.availablePermits();
  }

  /** What its thread took; to be asked when it has stopped. */
  Effort effort() {
    return effort;
  }

  private void run() {
    AllocationMeter allocated = new AllocationMeter();
    long writes = 0;
    pace.begin(System.nanoTime());
    while (!isStopping) {
      long dueNanos = pace.nextNanos(System.nanoTime());
      pace.await(dueNanos);
      free.acquireUninterruptibly();
      lateNanos = System.nanoTime() - dueNanos;
      boolean isRead = traffic.isRead(random);
      writes += isRead ? 0 : 1;
      send(phase, dueNanos, isRead);
    }
    effort = new Effort(allocated.bytes() - writes * traffic.valueObjectBytes(), pace.spunNanos());
  }

  private void send(Phase of, long dueNanos, boolean isRead) {
    String key = traffic.key(random);
    Subject subject = traffic.subject();
    CompletionStage<?> operation;
    try {
      operation = isRead ? subject.get(key) : subject.put(key, traffic.value());
    } catch (RuntimeException e) {
      of.failed(e);
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
      of.failed(failure);
    } else if (isRead && !Boolean.TRUE.equals(result)) {
      of.failed(Phase.NO_ENTRY);
    } else {
      of.done(System.nanoTime() - dueNanos);
    }
  }
}
