package io.shardgrid.node.bench;

import io.shardgrid.node.cli.CommandException;
import io.shardgrid.node.cli.ExitCode;
import io.shardgrid.node.cli.Screen;
import io.shardgrid.node.cli.Waiting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Measures what a load sees while its cluster gets a further node.
 *
 * <p>Confined to one thread, which it blocks.
 */
final class Growth {

  private static final int IN_FLIGHT = 128;
  private static final int READ_PERCENT = 50;
  private static final Duration SPREAD_MAX = Duration.ofMinutes(4);
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration CATCH_UP_MAX = Duration.ofSeconds(40);
  private static final long LATE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final int POLLS_IN_TIME = 20;
  private static final int POLLS_A_SECOND = 10;
  private static final long SLOW_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  private final Plan plan;
  private final Screen screen;

  /**
   * What to do.
   *
   * @param nodes nodes at first
   * @param entries entries that are in the map before
   * @param valueBytes bytes of a value
   * @param rate operations a second, or 0 for half of what the cluster can do at first
   * @param calm how long to watch before and after
   * @param isEachSecondShown whether each second of the join gets a line of its own
   */
  record Plan(
      int nodes, int entries, int valueBytes, int rate, Duration calm, boolean isEachSecondShown) {}

  /**
   * What came out.
   *
   * @param phases before, during, while the load works off its backlog, and after
   * @param seconds the parts of the second phase, of a second each
   * @param spreadSeconds from the start of the further node's process until nothing was left to
   *     move
   * @param unended operations that never ended
   */
  record Result(
      List<Phase> phases, List<Phase> seconds, double spreadSeconds, int rate, int unended) {

    Phase before() {
      return phases.get(0);
    }

    Phase during() {
      return phases.get(1);
    }

    /** Operations that failed in any phase, or never ended. */
    long failures() {
      return phases.stream().mapToLong(Phase::failures).sum() + unended;
    }

    /** How they failed, phase by phase; empty if none did. */
    String failureKinds() {
      return phases.stream().map(Phase::failureKinds).collect(Collectors.joining());
    }
  }

  Growth(Plan plan, Screen screen) {
    this.plan = plan;
    this.screen = screen;
  }

  /** Does all of it with a cluster, which it closes. */
  Result measure(Rig rig) {
    screen.line();
    screen.heading(
        "%s: %d to %d nodes, %s entries of %s"
            .formatted(
                rig.title(),
                plan.nodes(),
                plan.nodes() + 1,
                Screen.grouped(plan.entries()),
                Screen.bytes(plan.valueBytes())));
    try (rig) {
      Subject subject = rig.start(plan.nodes());
      Keys keys = new Keys(plan.entries());
      ClosedLoop closed = new ClosedLoop(subject, keys, plan.valueBytes(), IN_FLIGHT);
      closed.fill();
      closed.run(READ_PERCENT, plan.calm());
      double most = closed.run(READ_PERCENT, plan.calm()).eachSecond();
      screen.line(
          "  %,.0f operations/s with %d in flight, half of them writes".formatted(most, IN_FLIGHT));
      int rate = plan.rate() == 0 ? Math.max(1, (int) (most / 2)) : plan.rate();
      OpenLoop load = new OpenLoop(subject, keys, plan.valueBytes(), rate);
      Result result = grow(rig, load, rate);
      show(rig, result);
      rig.forgetLogs();
      return result;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandException(ExitCode.INTERRUPTED, "Interrupted", e);
    }
  }

  private Result grow(Rig rig, OpenLoop load, int rate) throws InterruptedException {
    load.start();
    Waiting.linger(plan.calm());
    Phase before = load.enter("before");
    Waiting.linger(plan.calm());
    Phase during = load.enter("during");
    long fromNanos = System.nanoTime();
    rig.grow();
    List<Phase> seconds = new ArrayList<>();
    for (int poll = 0; !rig.isSpread(plan.nodes() + 1); poll++) {
      if (poll % POLLS_A_SECOND == 0) {
        seconds.add(load.enter(during.part("+" + seconds.size() + " s")));
      }
      if (System.nanoTime() - fromNanos > SPREAD_MAX.toNanos()) {
        throw new CommandException(
            ExitCode.FAILED, "The data was not spread within " + SPREAD_MAX.toSeconds() + " s");
      }
      Waiting.linger(POLL);
    }
    double spreadSeconds = (System.nanoTime() - fromNanos) / 1e9;
    during.end();
    Phase backlog = load.enter("backlog");
    catchUp(load);
    Phase after = load.enter("after");
    Waiting.linger(plan.calm());
    return new Result(
        List.of(before, during, backlog, after), seconds, spreadSeconds, rate, load.stop());
  }

  /** Waits until the load has worked off its own backlog. */
  private static void catchUp(OpenLoop load) {
    long endNanos = System.nanoTime() + CATCH_UP_MAX.toNanos();
    int inTime = 0;
    while (inTime < POLLS_IN_TIME && System.nanoTime() - endNanos < 0) {
      Waiting.linger(POLL);
      inTime = load.lateNanos() < LATE_NANOS ? inTime + 1 : 0;
    }
  }

  private void show(Rig rig, Result result) {
    screen.line("  open loop, %,d operations/s, half of them writes".formatted(result.rate()));
    Phase.table(result.phases()).forEach(screen::line);
    screen.line(
        String.format(
            Locale.ROOT,
            "  all spread %.1f s after the start of the further node; operations slower than"
                + " 250 ms meanwhile: %d; that failed: %d %s",
            result.spreadSeconds(),
            result.during().slowerThan(SLOW_NANOS),
            result.failures(),
            result.failureKinds()));
    if (plan.isEachSecondShown()) {
      Phase.table(result.seconds()).forEach(screen::line);
    }
    rig.remarks().forEach(line -> screen.line("  " + line));
  }
}
