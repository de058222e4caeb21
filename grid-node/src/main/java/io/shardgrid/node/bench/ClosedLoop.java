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
  private static final int DRAWS = 100;

  private final Subject subject;
  private final Keys keys;
  private final int valueBytes;
  private final int inFlight;
  private final SplittableRandom random = new SplittableRandom(17);

  ClosedLoop(Subject subject, Keys keys, int valueBytes, int inFlight) {
    this.subject = subject;
    this.keys = keys;
    this.valueBytes = valueBytes;
    this.inFlight = inFlight;
  }

  /** Writes every key once. */
  void fill() {
    Flight flight = new Flight(inFlight);
    for (int index = 0; index < keys.number(); index++) {
      String key = keys.at(index);
      flight.add(() -> subject.put(key, new byte[valueBytes]));
    }
    flight.land();
  }

  /**
   * Reads and writes keys at random for a while.
   *
   * @param readPercent so many of a hundred operations read
   */
  Sum run(int readPercent, Duration time) {
    Flight flight = new Flight(inFlight);
    long fromNanos = System.nanoTime();
    long operations = 0;
    while (System.nanoTime() - fromNanos < time.toNanos()) {
      String key = keys.at(random.nextInt(keys.number()));
      if (random.nextInt(DRAWS) < readPercent) {
        flight.add(() -> subject.get(key));
      } else {
        flight.add(() -> subject.put(key, new byte[valueBytes]));
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
