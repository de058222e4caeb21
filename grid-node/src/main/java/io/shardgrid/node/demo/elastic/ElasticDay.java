package io.shardgrid.node.demo.elastic;

import io.shardgrid.client.GridClient;
import io.shardgrid.node.bench.OpenLoop;
import io.shardgrid.node.bench.Pace;
import io.shardgrid.node.bench.Phase;
import io.shardgrid.node.bench.Timeline;
import io.shardgrid.node.cli.CommandException;
import io.shardgrid.node.cli.ExitCode;
import io.shardgrid.node.cli.LiveLine;
import io.shardgrid.node.cli.Screen;
import io.shardgrid.node.cli.Waiting;
import io.shardgrid.node.demo.report.Change;
import io.shardgrid.node.demo.report.DayFacts;
import io.shardgrid.node.demo.report.DayText;
import io.shardgrid.node.town.City;
import io.shardgrid.node.town.CityFile;
import io.shardgrid.node.town.TownLoading;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Loads the towns, lets a day of load pass, watches what the grid makes of it, and looks at all
 * data afterwards.
 *
 * <p>Confined to one thread, which it blocks; for one use.
 */
final class ElasticDay {

  private static final Duration TICK = Duration.ofMillis(100);
  private static final Duration LINE = Duration.ofSeconds(5);

  /** Noon, and the evening, last so much longer at most, so that slow machines get there too. */
  private static final Duration PATIENCE_MIN = Duration.ofMinutes(2);

  private final DayPlan plan;
  private final ElasticNodes nodes;
  private final TownMaps maps;
  private final Screen screen;
  private final LiveLine line;
  private int told;
  private int ended;
  private int failures;

  /** What is known of a day when it is over. */
  record Past(
      Instant began,
      List<DayFacts.Second> seconds,
      List<Change> changes,
      DayFacts.Totals totals,
      DayFacts.Audit audit) {}

  ElasticDay(DayPlan plan, ElasticNodes nodes, GridClient client, Screen screen) {
    this.plan = plan;
    this.nodes = nodes;
    this.maps = TownMaps.of(client);
    this.screen = screen;
    this.line = new LiveLine(screen, LINE, System::nanoTime);
  }

  /** Does all of it. */
  Past run(GridClient client) {
    List<City> towns = new ArrayList<>();
    CityFile.forEachBatch(batch -> towns.addAll(batch.values()));
    TownLoading.runInLargeBatches(towns, maps.towns(), screen);
    TownLedger ledger = new TownLedger(towns);
    screen.line();
    screen.heading("The day begins");
    DayClock clock = new DayClock(plan.day(), System.nanoTime());
    Instant began = Instant.now();
    DayCurve curve = plan.curve();
    OpenLoop load =
        new OpenLoop(
            new TownLoad(maps, ledger),
            Pace.varying(nowNanos -> curve.at(clock.share(nowNanos)), Pace.Rest.SLEEP),
            OpenLoop.IN_FLIGHT_MAX);
    Timeline timeline = new Timeline(load);
    DayRecord record = new DayRecord(began);
    try (ClusterWatch watch = ClusterWatch.begin(began, () -> client.topology().members())) {
      Phase day = timeline.enter("day");
      load.start();
      pass(clock, timeline, record, watch);
      timeline.end();
      int unended = load.stop();
      line.end();
      screen.line();
      screen.heading("The day is over; looking at all data");
      DayFacts.Audit audit = new TownAudit(maps, ledger, screen).run();
      long copied = watch.last().map(Sighting::copiedBytes).orElse(0L);
      return new Past(
          began,
          record.seconds(timeline.seconds(), watch),
          watch.changes(),
          DayRecord.totals(day, unended, copied),
          audit);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandException(ExitCode.INTERRUPTED, "Interrupted", e);
    }
  }

  /** Lets the day pass; noon lasts until the grid has grown, the evening until it has shrunk. */
  private void pass(DayClock clock, Timeline timeline, DayRecord record, ClusterWatch watch) {
    DayCurve curve = plan.curve();
    Duration patience = plan.day().compareTo(PATIENCE_MIN) > 0 ? plan.day() : PATIENCE_MIN;
    boolean isGrown = false;
    boolean isOver = false;
    while (!isOver) {
      Waiting.linger(TICK);
      tellOfFailures();
      long nowNanos = System.nanoTime();
      timeline.tick();
      List<Timeline.Second> seconds = timeline.seconds();
      record.due(seconds.size(), curve.at(clock.share(nowNanos)));
      int members = watch.last().map(Sighting::nodes).orElse(0);
      isGrown |= members >= DayPlan.NODES_MAX;
      boolean isPatient = clock.held(nowNanos).compareTo(patience) < 0;
      if (clock.share(nowNanos) >= DayCurve.NOON && !isGrown && isPatient) {
        clock.hold(nowNanos);
      } else {
        clock.release(nowNanos);
      }
      show(clock, curve, seconds, watch);
      boolean isSmall = members == DayPlan.NODES_MIN && !watch.isBusy();
      Duration late = clock.passed(nowNanos).minus(plan.day()).minus(clock.held(nowNanos));
      isOver = clock.share(nowNanos) >= 1 && (isSmall || late.compareTo(patience) > 0);
    }
  }

  /** The grid goes on without a node that has failed; the day is no success any more. */
  private void tellOfFailures() {
    List<String> failed = nodes.failed();
    for (; failures < failed.size(); failures++) {
      line.note("  FAIL  a node has ended although nobody ended it: " + failed.get(failures));
    }
  }

  private void show(
      DayClock clock, DayCurve curve, List<Timeline.Second> seconds, ClusterWatch watch) {
    tell(watch.changes());
    if (seconds.size() < 2 || watch.last().isEmpty()) {
      return;
    }
    long nowNanos = System.nanoTime();
    Sighting seen = watch.last().get();
    Phase last = seconds.get(seconds.size() - 2).part();
    Phase day = seconds.get(0).of();
    line.update(
        DayLine.of(
            clock.passed(nowNanos), curve.at(clock.share(nowNanos)), last, day.failures(), seen));
  }

  /** Tells of decisions, and of what became of them, once each. */
  private void tell(List<Change> changes) {
    for (; told < changes.size(); told++) {
      Change change = changes.get(told);
      line.note("  decision %d: %s".formatted(change.number(), DayText.what(change)));
      line.note("              " + DayText.why(change));
    }
    while (ended < changes.size()
        && (changes.get(ended).outcome().restSeconds() >= 0 || ended + 1 < changes.size())) {
      Change change = changes.get(ended);
      line.note("  decision %d: %s".formatted(change.number(), DayText.took(change)));
      ended++;
    }
  }
}
