package io.shardgrid.node.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * When the operations of one caller are due: evenly, whatever becomes of those before; or, without
 * a rate, at once.
 *
 * <p>Confined to one thread, which it blocks.
 */
final class Pace {

  private static final double NANOS_PER_SECOND = 1e9;
  private static final long NAP_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long SPIN_NANOS = TimeUnit.MICROSECONDS.toNanos(100);

  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private final double periodNanos;
  private final long spinNanos;
  private long beganNanos;
  private long number;
  private long spunNanos;

  /** How a caller lets time pass until an operation is due. */
  enum Rest {
    /** It sleeps, and may oversleep by a tenth of a millisecond, which counts as latency. */
    SLEEP(0),
    /** It sleeps but for the last stretch: exact, but keeps a processor busy meanwhile. */
    SPIN(SPIN_NANOS);

    private final long spinNanos;

    Rest(long spinNanos) {
      this.spinNanos = spinNanos;
    }
  }

  private Pace(double periodNanos, long spinNanos) {
    this.periodNanos = periodNanos;
    this.spinNanos = spinNanos;
  }

  /** So many operations a second. */
  static Pace of(double eachSecond, Rest rest) {
    return new Pace(NANOS_PER_SECOND / eachSecond, rest.spinNanos);
  }

  /** The next operation is due when it is asked for. */
  static Pace unbounded() {
    return new Pace(0, 0);
  }

  /** Begins, with the first operation due at that time. */
  void begin(long nowNanos) {
    beganNanos = nowNanos;
  }

  /** When the next operation is due. */
  long nextNanos(long nowNanos) {
    return periodNanos == 0 ? nowNanos : beganNanos + (long) (number++ * periodNanos);
  }

  /** Returns when that time has come. */
  void await(long dueNanos) {
    if (periodNanos == 0) {
      return;
    }
    long left = dueNanos - System.nanoTime();
    while (left > spinNanos) {
      LockSupport.parkNanos(Math.min(left - spinNanos, NAP_NANOS));
      left = dueNanos - System.nanoTime();
    }
    if (left > 0) {
      spin(dueNanos);
    }
  }

  private void spin(long dueNanos) {
    long before = threads.getCurrentThreadCpuTime();
    while (dueNanos - System.nanoTime() > 0) {
      Thread.onSpinWait();
    }
    spunNanos += threads.getCurrentThreadCpuTime() - before;
  }

  /** Processor time that was spent on nothing but to be in time. */
  long spunNanos() {
    return spunNanos;
  }
}
