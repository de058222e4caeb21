package io.shardgrid.node.demo.elastic;

import io.shardgrid.node.bench.Phase;
import io.shardgrid.node.chart.Axis;
import io.shardgrid.node.cli.ScalingPage;
import java.time.Duration;
import java.util.Locale;

/** How the day is just now, in one line. Stateless. */
final class DayLine {

  private static final double MILLIS_PER_SECOND = 1e3;

  private DayLine() {}

  /**
   * The line.
   *
   * @param passed since the day began
   * @param due operations a second
   * @param second the last whole second of the load
   * @param failed operations that failed so far
   */
  static String of(Duration passed, double due, Phase second, long failed, Sighting seen) {
    return String.format(
            Locale.ROOT,
            "  %5s  load %,6.0f/s  done %,6.0f/s  p99 %6.1f ms  failed %d  nodes %d  %s",
            Axis.clock(passed.toMillis() / MILLIS_PER_SECOND),
            due,
            second.done() / second.seconds(),
            second.millis(99),
            failed,
            seen.nodes(),
            order(seen))
        .stripTrailing();
  }

  private static String order(Sighting seen) {
    ScalingPage page = seen.page();
    ScalingPage.Order order = page == null ? null : page.order();
    if (order != null) {
      return "order %d: %d -> %d nodes, %s"
          .formatted(order.number(), order.before(), order.nodes(), order.state());
    }
    return seen.isAtRest() ? "" : "data moves";
  }
}
