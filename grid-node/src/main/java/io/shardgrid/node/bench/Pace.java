package io.shardgrid.node.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongToDoubleFunction;

/**
 * When the operations of one caller are due: evenly, or at a rate that rises and falls, whatever
 * becomes of those before; or, without a rate, at once.
 *
 * <p>Confined to one thread, which it blocks.
 */
public final class Pace {

  private static final double NANOS_PER_SECOND = 1e9;
  private static final long NAP_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long SPIN_NANOS = TimeUnit.MICROSECONDS.toNanos(100);

  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private final Kind kind;
  private final LongToDoubleFunction eachSecond;
  private final long spinNanos;
  private long beganNanos;
  private double sinceNanos;
  private long number;
  private long spunNanos;

  private enum Kind {
    EVEN,
    VARYING,
    UNBOUNDED
  }

  /** How a caller lets time pass until an operation is due. */
  public enum Rest {
    /** It sleeps, and may oversleep by a tenth of a millisecond, which counts as latency. */
    SLEEP(0),
    /** It sleeps but for the last stretch: exact, but keeps a processor busy meanwhile. */
    SPIN(SPIN_NANOS);

    private final long spinNanos;

    Rest(long spinNanos) {
      this.spinNanos = spinNanos;
    }
  }

  private Pace(Kind kind, LongToDoubleFunction eachSecond, long spinNanos) {
    this.kind = kind;
    this.eachSecond = eachSecond;
    this.spinNanos = spinNanos;
  }

  /** So many operations a second. */
  static Pace of(double eachSecond, Rest rest) {
    return new Pace(Kind.EVEN, nowNanos -> eachSecond, rest.spinNanos);
  }

  /**
   * As many operations a second as the function says, above 0, at a time of {@link
   * System#nanoTime}.
   */
  public static Pace varying(LongToDoubleFunction eachSecond, Rest rest) {
    return new Pace(Kind.VARYING, eachSecond, rest.spinNanos);
  }

  /** The next operation is due when it is asked for. */
  static Pace unbounded() {
    return new Pace(Kind.UNBOUNDED, nowNanos -> Double.POSITIVE_INFINITY, 0);
  }

  /** Begins, with the first operation due at that time. */
  void begin(long nowNanos) {
    beganNanos = nowNanos;
  }

  /** When the next operation is due. */
  long nextNanos(long nowNanos) {
    long dueNanos = beganNanos + (long) sinceNanos;
    switch (kind) {
      // Multiplied anew each time: so nothing adds up that was rounded.
      case EVEN -> sinceNanos = ++number * (NANOS_PER_SECOND / eachSecond.applyAsDouble(dueNanos));
      case VARYING -> sinceNanos += NANOS_PER_SECOND / eachSecond.applyAsDouble(dueNanos);
      case UNBOUNDED -> dueNanos = nowNanos;
    }
    return dueNanos;
  }

  /** Returns when that time has come. */
  void await(long dueNanos) {
    if (kind == Kind.UNBOUNDED) {
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
