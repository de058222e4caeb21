package io.shardgrid.node.bench;

import io.shardgrid.node.cli.Waiting;
import java.time.Duration;

/**
 * One thread that does not wait for answers: in the closed loop a number of operations is open, in
 * the open loop what is due.
 *
 * <p>Confined to one thread, which it blocks.
 */
final class FlyingCallers implements Callers {

  private static final String NEVER_ENDED = "NeverEnded";

  private final Traffic traffic;
  private final int inFlight;
  private final Pace.Rest rest;

  FlyingCallers(Traffic traffic, int inFlight, Pace.Rest rest) {
    this.traffic = traffic;
    this.inFlight = inFlight;
    this.rest = rest;
  }

  @Override
  public Load closed(String name, Duration time) throws InterruptedException {
    return run(new OpenLoop(traffic, Pace.unbounded(), inFlight), name, time);
  }

  @Override
  public Load open(String name, double eachSecond, Duration time) throws InterruptedException {
    Pace pace = Pace.of(eachSecond, rest);
    return run(new OpenLoop(traffic, pace, OpenLoop.IN_FLIGHT_MAX), name, time);
  }

  private static Load run(OpenLoop loop, String name, Duration time) throws InterruptedException {
    Phase phase = loop.enter(name);
    loop.start();
    Waiting.linger(time);
    int unended = loop.stop();
    for (int operation = 0; operation < unended; operation++) {
      phase.failed(NEVER_ENDED);
    }
    return new Load(phase, loop.effort());
  }
}
