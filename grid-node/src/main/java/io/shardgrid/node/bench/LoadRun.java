package io.shardgrid.node.bench;

import io.shardgrid.node.cli.CommandException;
import io.shardgrid.node.cli.ExitCode;
import io.shardgrid.node.cli.Screen;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/**
 * Loads a grid: with all that its callers can do, in a closed loop, and then in an open loop with
 * parts of it, or with a fixed rate.
 *
 * <p>Confined to one thread, which it blocks; for one use.
 */
final class LoadRun {

  /** The phase that tells the capacity. */
  static final String CLOSED = "closed loop";

  private static final int FILL_IN_FLIGHT = 128;
  private static final double WARM_LOAD = 0.5;
  private static final double SENT_SHARE_MIN = 0.98;

  private final LoadPlan plan;
  private final Screen screen;
  private final CsvOption csv;
  private final SvgOption svg;
  private final Map<String, List<Figures>> figures = new LinkedHashMap<>();
  private final Map<String, Histogram> latencies = new LinkedHashMap<>();
  private long failures;

  /** Something that callers do for a while. */
  private interface Step {
    Callers.Load run() throws InterruptedException;
  }

  /** Prepares it; the options are checked, and their files open. */
  LoadRun(LoadPlan plan, Screen screen, CsvOption csv, SvgOption svg) {
    this.plan = plan;
    this.screen = screen;
    this.csv = csv;
    this.svg = svg;
  }

  /** The columns of its rows. */
  static List<String> csvNames() {
    return Stream.of(
            List.of("at"), LoadPlan.csvNames(), List.of("round", "phase"), Figures.csvNames())
        .flatMap(List::stream)
        .toList();
  }

  /** Does all of it with a grid, which it closes. Ends well only if no operation failed. */
  ExitCode measure(Site site) {
    screen.heading(plan.title());
    try (site) {
      Traffic traffic = plan.traffic(site.start());
      Callers callers = plan.callers().of(traffic);
      new ClosedLoop(traffic, FILL_IN_FLIGHT).fill();
      warm(callers);
      screen.line(Figures.heads());
      for (int round = 1; round <= plan.schedule().rounds(); round++) {
        measureRound(site, callers, round);
      }
      site.forgetLogs();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandException(ExitCode.INTERRUPTED, "Interrupted", e);
    }
    if (plan.schedule().rounds() > 1) {
      screen.line("  medians of " + plan.schedule().rounds() + " rounds");
      figures.forEach((phase, rounds) -> screen.line(Figures.median(rounds).row(phase)));
    }
    latencies.values().removeIf(latency -> latency.getTotalCount() == 0);
    svg.draw(() -> LatencyChart.of(plan, latencies));
    return failures == 0 ? ExitCode.OK : ExitCode.FAILED;
  }

  /** Warms both loops up, as both have code of their own. */
  private void warm(Callers callers) throws InterruptedException {
    var half = plan.schedule().warm().dividedBy(2);
    Phase closed = callers.closed("warm", half).phase();
    double capacity = Math.max(1, closed.done() / closed.seconds());
    Levels levels = plan.schedule().levels();
    double rate = levels.areOfCapacity() ? capacity * WARM_LOAD : levels.rate();
    callers.open("warm", rate, half);
  }

  private void measureRound(Site site, Callers callers, int round) throws InterruptedException {
    var time = plan.schedule().time();
    Levels levels = plan.schedule().levels();
    double capacity = 0;
    if (levels.areOfCapacity()) {
      Figures closed =
          measureOne(site, round, new Levels.Level(CLOSED, 0), () -> callers.closed(CLOSED, time));
      capacity = closed.of(Column.DONE);
    }
    for (Levels.Level level : levels.of(capacity)) {
      measureOne(site, round, level, () -> callers.open(level.name(), level.eachSecond(), time));
    }
  }

  private Figures measureOne(Site site, int round, Levels.Level level, Step step)
      throws InterruptedException {
    Usage before = site.usage();
    Callers.Load load = step.run();
    Figures measured = Figures.of(level.eachSecond(), load, site.usage().since(before));
    figures.computeIfAbsent(level.name(), any -> new ArrayList<>()).add(measured);
    failures += load.phase().failures();
    screen.line(measured.row(level.name()));
    if (load.phase().failures() > 0) {
      screen.line("    failed: " + load.phase().failureKinds());
    }
    if (level.eachSecond() > 0) {
      latencies
          .computeIfAbsent(level.name(), any -> Phase.histogram())
          .add(load.phase().latencies());
      remark(load.phase(), level.eachSecond());
    }
    csv.row(row(round, level.name(), measured));
    return measured;
  }

  /** What is not sent within the time has no latency: then those that are shown are too low. */
  private void remark(Phase phase, double eachSecond) {
    double due = eachSecond * phase.seconds();
    double sent = phase.done() + phase.failures();
    if (sent < SENT_SHARE_MIN * due) {
      screen.line(
          String.format(
              Locale.ROOT,
              "    more than it can do: %,.0f of %,.0f operations due were not sent in time",
              due - sent,
              due));
    }
  }

  private List<String> row(int round, String phase, Figures measured) {
    return Stream.of(
            List.of(Instant.now().truncatedTo(ChronoUnit.SECONDS).toString()),
            plan.csvCells(),
            List.of(Integer.toString(round), phase),
            measured.csvCells())
        .flatMap(List::stream)
        .toList();
  }
}
