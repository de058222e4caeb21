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
public final class OpenLoop {

  /** Enough to leave no operation unsent while a grid stalls for a moment. */
  public static final int IN_FLIGHT_MAX = 4_096;

  private static final long END_SECONDS_MAX = 30;

  private final Operations operations;
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
  public OpenLoop(Operations operations, Pace pace, int inFlightMax) {
    this.operations = operations;
    this.pace = pace;
    this.inFlightMax = inFlightMax;
    this.free = new Semaphore(inFlightMax);
    this.phase = new Phase("warm");
    thread.setDaemon(true);
  }

  public void start() {
    thread.start();
  }

  /** Ends the phase that runs, and begins the next. */
  public Phase enter(String name) {
    return enter(new Phase(name));
  }

  /** Ends the phase that runs; what is due from now on belongs to the given one. */
  public Phase enter(Phase next) {
    phase.end();
    phase = next;
    return next;
  }

  /** How late the last operation was sent. */
  public long lateNanos() {
    return lateNanos;
  }

  /** Ends the phase and the load, and waits for what is under way. Returns what never ended. */
  public int stop() throws InterruptedException {
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
    long valueBytes = 0;
    pace.begin(System.nanoTime());
    while (!isStopping) {
      long dueNanos = pace.nextNanos(System.nanoTime());
      pace.await(dueNanos);
      free.acquireUninterruptibly();
      lateNanos = System.nanoTime() - dueNanos;
      long operation = operations.draw(random);
      valueBytes += operations.valueObjectBytes(operation);
      send(phase, dueNanos, operation);
    }
    effort = new Effort(allocated.bytes() - valueBytes, pace.spunNanos());
  }

  private void send(Phase of, long dueNanos, long operation) {
    CompletionStage<?> sent;
    try {
      sent = operations.send(operation);
    } catch (RuntimeException e) {
      of.failed(e);
      free.release();
      return;
    }
    sent.whenComplete(
        (answer, failure) -> {
          count(of, dueNanos, operation, answer, failure);
          free.release();
        });
  }

  private void count(
      Phase of,
      long dueNanos,
      long operation,
      @Nullable Object answer,
      @Nullable Throwable failure) {
    if (failure != null) {
      of.failed(failure);
      return;
    }
    String flaw = operations.flaw(operation, answer);
    if (flaw.isEmpty()) {
      of.done(System.nanoTime() - dueNanos);
    } else {
      of.failed(flaw);
    }
  }
}
