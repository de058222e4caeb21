package io.shardgrid.node.demo.report;

import io.shardgrid.node.cli.ScalingPage;
import io.shardgrid.node.cli.ScalingPage.Decision;
import io.shardgrid.node.demo.report.Change.Outcome;
import io.shardgrid.node.demo.report.Change.State;
import io.shardgrid.node.demo.report.DayFacts.Audit;
import io.shardgrid.node.demo.report.DayFacts.Latency;
import io.shardgrid.node.demo.report.DayFacts.Load;
import io.shardgrid.node.demo.report.DayFacts.Second;
import io.shardgrid.node.demo.report.DayFacts.Setting;
import io.shardgrid.node.demo.report.DayFacts.Setup;
import io.shardgrid.node.demo.report.DayFacts.Totals;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A day on which all went well, made up. */
final class SampleDay {

  static final Instant BEGAN = Instant.parse("2026-03-01T08:30:00Z");

  private static final int LENGTH = 180;
  private static final long MEBI = 1 << 20;

  private SampleDay() {}

  static DayFacts good() {
    return day(new Totals(400_000, 0, "", latency(), 30 * MEBI), audit(0), List.of());
  }

  static DayFacts bad(String flaw) {
    return day(new Totals(400_000, 2, "Odd: 2", latency(), 30 * MEBI), audit(1), List.of(flaw));
  }

  private static DayFacts day(Totals totals, Audit audit, List<String> flaws) {
    return new DayFacts(
        setup(), BEGAN, seconds(), List.of(growth(), removal()), totals, audit, flaws);
  }

  private static Setup setup() {
    return new Setup(
        3,
        5,
        800,
        900,
        3_800,
        Duration.ofMinutes(3),
        "2 processors, Linux, Java 17",
        List.of(new Setting("grid.autoscale.mode", "act", "it decides & does it")));
  }

  private static Latency latency() {
    return new Latency(0.4, 12.3, 45.6, 789);
  }

  private static Audit audit(int wrong) {
    return new Audit(135_233, 40_000, 120_000, 280_000, wrong, List.of());
  }

  private static List<Second> seconds() {
    List<Second> seconds = new ArrayList<>();
    for (int at = 0; at < LENGTH; at++) {
      int nodes = at < 60 || at >= 150 ? 3 : 5;
      double due = 900 + 2_900 * Math.max(0, Math.sin(Math.PI * (at - 20) / 140));
      Load load = new Load(due, 0.4, 5 + at % 7, 0);
      long copied = at < 50 ? 0 : Math.min(20, at - 50) * MEBI;
      seconds.add(new Second(at, nodes, (int) Math.ceil(due / 800), due, load, copied));
    }
    return seconds;
  }

  private static Change growth() {
    Decision grounds =
        new Decision(
            BEGAN.plusSeconds(48).toString(),
            3,
            2,
            5,
            List.of(new ScalingPage.Metric("operations", "average", 800, 1_180.4, 5, null)),
            List.of(new ScalingPage.Reason("bounds", "There may not be more nodes: max=5")),
            List.of(input("b", 1_200), input("a", 1_150.2)));
    return new Change(
        1,
        48,
        3,
        5,
        "",
        grounds,
        new Outcome(State.DONE, 12.2, 22.5, 20 * MEBI, "Nodes have come"));
  }

  private static Change removal() {
    Decision grounds =
        new Decision(
            BEGAN.plusSeconds(138).toString(),
            5,
            -1,
            3,
            List.of(new ScalingPage.Metric("operations", "average", 800, 410.0, 3, null)),
            List.of(
                new ScalingPage.Reason(
                    "stabilized", "Others were recommended within the window: now=3, counts=4"),
                new ScalingPage.Reason(
                    "choice",
                    "Its drain moves the fewest bytes in the largest zone: node=a, bytes=12, zone=z")),
            List.of(input("a", 410)));
    return new Change(
        2,
        138,
        5,
        4,
        "a",
        grounds,
        new Outcome(State.DONE, 9.1, 9.4, 9 * MEBI, "The node has gone"));
  }

  private static ScalingPage.Input input(String node, double operations) {
    return new ScalingPage.Input(
        node, "up", 10 * MEBI, List.of(new ScalingPage.Reading("operations", operations)));
  }
}
