package io.shardgrid.placement;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/** Simulated time, and messages that are lost, doubled, late and out of order, all from a seed. */
final class SimulatedNetwork {

  private static final int TRACE_LINES_MAX = 400;

  final SplittableRandom random;
  private final PriorityQueue<Event> events = new PriorityQueue<>(Event.ORDER);
  private final boolean isTracing;
  private final Deque<String> trace = new ArrayDeque<>();
  private final int lostPercent;
  private final int latePercent;
  private boolean isFaulty = true;
  private long nowMillis;
  private long eventCount;

  SimulatedNetwork(long seed, boolean isTracing) {
    random = new SplittableRandom(seed);
    this.isTracing = isTracing;
    lostPercent = random.nextInt(4) * random.nextInt(15);
    latePercent = random.nextInt(3) * random.nextInt(8);
  }

  long nowMillis() {
    return nowMillis;
  }

  long nowNanos() {
    return nowMillis * 1_000_000;
  }

  boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  /** From now on every message arrives once and soon. */
  void heal() {
    isFaulty = false;
  }

  void after(long millis, Runnable action) {
    eventCount++;
    events.add(new Event(nowMillis + millis, eventCount, action));
  }

  /** Has a message handled, perhaps. A node that does not run handles it when it runs again. */
  void send(SimulatedNode from, SimulatedNode to, Runnable handler) {
    if (from.isCut || to.isCut || (isFaulty && random.nextInt(100) < lostPercent)) {
      return;
    }
    after(delay(), () -> to.handle(from, handler));
    if (isFaulty && random.nextInt(100) < 3) {
      after(delay(), () -> to.handle(from, handler));
    }
  }

  private long delay() {
    long delay = 1L + random.nextInt(12);
    boolean isLate = isFaulty && random.nextInt(100) < latePercent;
    return isLate ? delay + random.nextInt(4_000) : delay;
  }

  void runUntil(long endMillis) {
    while (!events.isEmpty() && events.peek().atMillis() <= endMillis) {
      Event event = events.remove();
      nowMillis = event.atMillis();
      event.action().run();
    }
    nowMillis = endMillis;
  }

  void trace(Supplier<String> line) {
    if (isTracing) {
      trace.addLast(nowMillis + " ms  " + line.get());
      if (trace.size() > TRACE_LINES_MAX) {
        trace.removeFirst();
      }
    }
  }

  String traced() {
    return String.join("\n", trace);
  }

  private record Event(long atMillis, long order, Runnable action) {

    static final Comparator<Event> ORDER =
        Comparator.comparingLong(Event::atMillis).thenComparingLong(Event::order);
  }
}
