package io.shardgrid.node.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.HdrHistogram.Histogram;

/**
 * Threads that each have one operation open and wait for its answer. In the open loop each of them
 * has its part of the operations, evenly between those of the others.
 *
 * <p>Confined to one thread, which it blocks.
 */
final class WaitingCallers implements Callers {

  private static final double NANOS_PER_SECOND = 1e9;

  private final Traffic traffic;
  private final int threads;
  private final Pace.Rest rest;

  WaitingCallers(Traffic traffic, int threads, Pace.Rest rest) {
    this.traffic = traffic;
    this.threads = threads;
    this.rest = rest;
  }

  @Override
  public Load closed(String name, Duration time) throws InterruptedException {
    long nowNanos = System.nanoTime();
    List<Caller> callers = new ArrayList<>();
    for (int number = 0; number < threads; number++) {
      Pace pace = Pace.unbounded();
      callers.add(new Caller(new Phase(name), pace, nowNanos + time.toNanos(), number));
    }
    return run(name, callers);
  }

  @Override
  public Load open(String name, double eachSecond, Duration time) throws InterruptedException {
    long nowNanos = System.nanoTime();
    List<Caller> callers = new ArrayList<>();
    for (int number = 0; number < threads; number++) {
      Pace pace = Pace.of(eachSecond / threads, rest);
      pace.begin(nowNanos + (long) (number * NANOS_PER_SECOND / eachSecond));
      callers.add(new Caller(new Phase(name), pace, nowNanos + time.toNanos(), number));
    }
    return run(name, callers);
  }

  private static Load run(String name, List<Caller> callers) throws InterruptedException {
    Phase all = new Phase(name);
    callers.forEach(Caller::start);
    Effort effort = Effort.NONE;
    for (Caller caller : callers) {
      caller.join();
      effort = effort.plus(caller.effort);
    }
    all.end();
    for (Caller caller : callers) {
      all.add(caller.latency, caller.failures);
    }
    return new Load(all, effort);
  }

  private final class Caller extends Thread {

    private final Phase failures;
    private final Pace pace;
    private final long endNanos;
    private final SplittableRandom random;
    private final Histogram latency = Phase.histogram();
    private Effort effort = Effort.NONE;

    /** Prepares one that stops when nothing is due before the end. */
    Caller(Phase failures, Pace pace, long endNanos, int number) {
      super("bench-caller-" + number);
      this.failures = failures;
      this.pace = pace;
      this.endNanos = endNanos;
      this.random = new SplittableRandom(number);
      setDaemon(true);
    }

    @Override
    public void run() {
      AllocationMeter allocated = new AllocationMeter();
      long writes = 0;
      long nowNanos = System.nanoTime();
      long dueNanos = pace.nextNanos(nowNanos);
      while (nowNanos - endNanos < 0 && dueNanos - endNanos < 0) {
        pace.await(dueNanos);
        boolean isRead = traffic.isRead(random);
        writes += isRead ? 0 : 1;
        nowNanos = call(isRead, dueNanos);
        dueNanos = pace.nextNanos(nowNanos);
      }
      effort =
          new Effort(allocated.bytes() - writes * traffic.valueObjectBytes(), pace.spunNanos());
    }

    /** Returns when it ended. */
    private long call(boolean isRead, long dueNanos) {
      String key = traffic.key(random);
      boolean isFound = true;
      try {
        if (isRead) {
          isFound = traffic.subject().awaitGet(key);
        } else {
          traffic.subject().awaitPut(key, traffic.value());
        }
      } catch (RuntimeException e) {
        failures.failed(e);
        return System.nanoTime();
      }
      long nowNanos = System.nanoTime();
      if (isFound) {
        latency.recordValue(Phase.recordable(nowNanos - dueNanos));
      } else {
        failures.failed(Phase.NO_ENTRY);
      }
      return nowNanos;
    }
  }
}
