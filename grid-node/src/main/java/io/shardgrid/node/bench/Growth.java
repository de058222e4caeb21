package io.shardgrid.node.bench;

import io.shardgrid.node.chart.LineChart;
import io.shardgrid.node.cli.CommandException;
import io.shardgrid.node.cli.ExitCode;
import io.shardgrid.node.cli.Screen;
import io.shardgrid.node.cli.Waiting;
import java.time.Duration;
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
   * @param seconds the seconds of all phases
   * @param spreadSeconds from the start of the further node's process until nothing was left to
   *     move
   * @param unended operations that never ended
   */
  record Result(
      List<Phase> phases,
      List<Timeline.Second> seconds,
      double spreadSeconds,
      int rate,
      int unended) {

    Phase before() {
      return phases.get(0);
    }

    Phase during() {
      return phases.get(1);
    }

    /** The seconds of a phase. */
    List<Phase> secondsOf(Phase phase) {
      return seconds.stream()
          .filter(second -> second.of() == phase)
          .map(Timeline.Second::part)
          .toList();
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

  /** What a plan is about, for people. */
  static String title(String product, Plan plan) {
    return "%s: %d to %d nodes, %s entries of %s"
        .formatted(
            product,
            plan.nodes(),
            plan.nodes() + 1,
            Screen.grouped(plan.entries()),
            Screen.bytes(plan.valueBytes()));
  }

  /** Draws the seconds of a result. */
  static LineChart chart(Plan plan, Result result) {
    double joinedAt =
        result.seconds().stream()
            .filter(second -> second.of() == result.during())
            .mapToDouble(Timeline.Second::at)
            .min()
            .orElse(0);
    String subtitle =
        String.format(
            Locale.ROOT,
            "open loop, %,d operations/s; a node is started after %.1f s, all is spread after %.1f s",
            result.rate(),
            joinedAt,
            joinedAt + result.spreadSeconds());
    return Timeline.chart(title("bench scale-out", plan), subtitle, result.seconds());
  }

  Growth(Plan plan, Screen screen) {
    this.plan = plan;
    this.screen = screen;
  }

  /** Does all of it with a cluster, which it closes. */
  Result measure(Rig rig) {
    screen.line();
    screen.heading(title(rig.title(), plan));
    try (rig) {
      Subject subject = rig.start(plan.nodes());
      Traffic traffic =
          new Traffic(subject, new Keys(plan.entries()), plan.valueBytes(), READ_PERCENT);
      ClosedLoop closed = new ClosedLoop(traffic, IN_FLIGHT);
      closed.fill();
      closed.run(plan.calm());
      double most = closed.run(plan.calm()).eachSecond();
      screen.line(
          "  %,.0f operations/s with %d in flight, half of them writes".formatted(most, IN_FLIGHT));
      int rate = plan.rate() == 0 ? Math.max(1, (int) (most / 2)) : plan.rate();
      OpenLoop load = new OpenLoop(traffic, Pace.of(rate, Pace.Rest.SLEEP), OpenLoop.IN_FLIGHT_MAX);
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
    Timeline timeline = new Timeline(load);
    Phase before = timeline.enter("before");
    timeline.linger(plan.calm());
    Phase during = timeline.enter("during");
    long fromNanos = System.nanoTime();
    rig.grow();
    while (!rig.isSpread(plan.nodes() + 1)) {
      timeline.tick();
      if (System.nanoTime() - fromNanos > SPREAD_MAX.toNanos()) {
        throw new CommandException(
            ExitCode.FAILED, "The data was not spread within " + SPREAD_MAX.toSeconds() + " s");
      }
      Waiting.linger(POLL);
    }
    double spreadSeconds = (System.nanoTime() - fromNanos) / 1e9;
    Phase backlog = timeline.enter("backlog");
    catchUp(load, timeline);
    Phase after = timeline.enter("after");
    timeline.linger(plan.calm());
    timeline.end();
    int unended = load.stop();
    List<Phase> phases = List.of(before, during, backlog, after);
    return new Result(phases, timeline.seconds(), spreadSeconds, rate, unended);
  }

  /** Waits until the load has worked off its own backlog. */
  private static void catchUp(OpenLoop load, Timeline timeline) {
    long endNanos = System.nanoTime() + CATCH_UP_MAX.toNanos();
    int inTime = 0;
    while (inTime < POLLS_IN_TIME && System.nanoTime() - endNanos < 0) {
      timeline.tick();
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
      Phase.table(result.secondsOf(result.during())).forEach(screen::line);
    }
    rig.remarks().forEach(line -> screen.line("  " + line));
  }
}
