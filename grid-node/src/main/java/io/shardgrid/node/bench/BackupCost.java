package io.shardgrid.node.bench;

import io.shardgrid.node.cli.LinksPage;
import io.shardgrid.node.cli.Screen;
import java.time.Duration;
import java.util.Locale;

/**
 * Measures what a backup costs: writes of two nodes with and without one, loaded from this process,
 * and what the nodes send to each other for it.
 *
 * <p>Confined to one thread, which it blocks.
 */
final class BackupCost {

  private static final int NODES = 2;
  private static final String FORM = "  %-10s %12s %14s %14s %14s";

  private final Plan plan;
  private final String heap;
  private final Screen screen;

  /**
   * What to do.
   *
   * @param entries entries that are in the map before
   * @param valueBytes bytes of a value
   * @param inFlight writes at once
   * @param warm how long to warm up
   * @param time how long to measure then
   */
  record Plan(int entries, int valueBytes, int inFlight, Duration warm, Duration time) {}

  /** What came out: the writes, and what was sent for them between the nodes. */
  record Result(ClosedLoop.Sum writes, LinksPage.Lane sent) {

    double eachSecond() {
      return writes.eachSecond();
    }
  }

  BackupCost(Plan plan, String heap, Screen screen) {
    this.plan = plan;
    this.heap = heap;
    this.screen = screen;
  }

  /** The heads of the columns of the lines that {@link #measure} writes. */
  static String heads() {
    return FORM.formatted("", "writes/s", "frames/write", "messages/write", "bytes/write");
  }

  /** Measures clusters with so many backups, and without; returns the ratio of their writes. */
  double measure(int backups) {
    Result without = measureOne(0);
    Result with = measureOne(backups);
    double ratio = with.eachSecond() / without.eachSecond();
    screen.line(String.format(Locale.ROOT, "  ratio      %12.2f", ratio));
    return ratio;
  }

  private Result measureOne(int backups) {
    try (GridRig rig = new GridRig(backups, heap, screen)) {
      Subject subject = rig.start(NODES);
      Traffic traffic = new Traffic(subject, new Keys(plan.entries()), plan.valueBytes(), 0);
      ClosedLoop loop = new ClosedLoop(traffic, plan.inFlight());
      loop.fill();
      loop.run(plan.warm());
      LinksPage.Lane before = rig.sent("replication");
      ClosedLoop.Sum writes = loop.run(plan.time());
      Result result = new Result(writes, rig.sent("replication").since(before));
      screen.line(line(backups, result));
      rig.forgetLogs();
      return result;
    }
  }

  private static String line(int backups, Result result) {
    double writes = result.writes().operations();
    return FORM.formatted(
        backups == 1 ? "1 backup" : backups + " backups",
        String.format(Locale.ROOT, "%,.0f", result.eachSecond()),
        decimal(result.sent().frames() / writes),
        decimal(result.sent().items() / writes),
        decimal(result.sent().bytes() / writes));
  }

  private static String decimal(double number) {
    return String.format(Locale.ROOT, "%.3f", number);
  }
}
