package io.shardgrid.node.bench;

import io.shardgrid.node.cli.Flight;
import java.time.Duration;
import java.util.SplittableRandom;

/**
 * Keeps a number of operations in flight: the next one is sent when one has ended. For filling, for
 * warming up, and for the most that a cluster can do; no measure of latency, since a product that
 * stalls is asked less.
 *
 * <p>Confined to one thread, which it blocks. Any failure ends it.
 */
final class ClosedLoop {

  private static final double NANOS_PER_SECOND = 1e9;

  private final Traffic traffic;
  private final int inFlight;
  private final SplittableRandom random = new SplittableRandom(17);

  ClosedLoop(Traffic traffic, int inFlight) {
    this.traffic = traffic;
    this.inFlight = inFlight;
  }

  /** Writes every key once. */
  void fill() {
    Flight flight = new Flight(inFlight);
    for (int index = 0; index < traffic.keys().number(); index++) {
      String key = traffic.keys().at(index);
      flight.add(() -> traffic.subject().put(key, traffic.value()));
    }
    flight.land();
  }

  /** Reads and writes keys at random for a while. */
  Sum run(Duration time) {
    Flight flight = new Flight(inFlight);
    long fromNanos = System.nanoTime();
    long operations = 0;
    while (System.nanoTime() - fromNanos < time.toNanos()) {
      String key = traffic.key(random);
      if (traffic.isRead(random)) {
        flight.add(() -> traffic.subject().get(key));
      } else {
        flight.add(() -> traffic.subject().put(key, traffic.value()));
      }
      operations++;
    }
    flight.land();
    return new Sum(operations, (System.nanoTime() - fromNanos) / NANOS_PER_SECOND);
  }

  /** What a run came to. */
  record Sum(long operations, double seconds) {

    double eachSecond() {
      return operations / seconds;
    }
  }
}
