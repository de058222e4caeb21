package io.shardgrid.shard;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/** Simulated time: events in their order, all randomness from one seed, and a trace. */
final class SimTime {

  static final long MILLI = 1_000_000L;

  private static final long EVENTS_MAX = 3_000_000;
  private static final int TRACE_LINES_MAX = Integer.getInteger("grid.test.trace-lines", 2_000);

  final SplittableRandom random;
  private final PriorityQueue<Event> events = new PriorityQueue<>(Event.ORDER);
  private final boolean isTracing;
  private final Deque<String> trace = new ArrayDeque<>();
  private long nowNanos;
  private long eventCount;
  private long handled;

  SimTime(long seed, boolean isTracing) {
    this.random = new SplittableRandom(seed);
    this.isTracing = isTracing;
  }

  long nowNanos() {
    return nowNanos;
  }

  long events() {
    return eventCount;
  }

  boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  /** A number of nanoseconds between the two. */
  long between(long fromMillis, long toMillis) {
    return fromMillis * MILLI + (long) (random.nextDouble() * (toMillis - fromMillis) * MILLI);
  }

  void after(long nanos, Runnable action) {
    at(nowNanos + nanos, action);
  }

  void at(long nanos, Runnable action) {
    eventCount++;
    events.add(new Event(Math.max(nanos, nowNanos), eventCount, action));
  }

  void runUntil(long endNanos) {
    while (!events.isEmpty() && events.peek().atNanos() <= endNanos) {
      Event event = events.remove();
      nowNanos = event.atNanos();
      handled++;
      if (handled > EVENTS_MAX) {
        throw new SimViolation("a storm: events=" + handled);
      }
      event.action().run();
    }
    nowNanos = endNanos;
  }

  void trace(Supplier<String> line) {
    if (isTracing) {
      trace.addLast("%10.3f ms  %s".formatted(nowNanos / 1e6, line.get()));
      if (trace.size() > TRACE_LINES_MAX) {
        trace.removeFirst();
      }
    }
  }

  String traced() {
    return String.join("\n", trace);
  }

  private record Event(long atNanos, long order, Runnable action) {

    static final Comparator<Event> ORDER = Event::compare;

    private static int compare(Event one, Event other) {
      int byTime = Long.compare(one.atNanos, other.atNanos);
      return byTime != 0 ? byTime : Long.compare(one.order, other.order);
    }
  }
}
