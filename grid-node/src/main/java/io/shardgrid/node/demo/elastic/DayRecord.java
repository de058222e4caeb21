package io.shardgrid.node.demo.elastic;

import io.shardgrid.node.bench.Phase;
import io.shardgrid.node.bench.Timeline;
import io.shardgrid.node.demo.report.DayFacts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts what the load counted beside what was seen of the cluster, second by second.
 *
 * <p>Confined to one thread.
 */
final class DayRecord {

  private static final double MILLIS_PER_SECOND = 1e3;

  /** A shorter last part of a second tells no rate. */
  private static final double PART_MIN = 0.5;

  private final Instant began;
  private final List<Double> dues = new ArrayList<>();

  DayRecord(Instant began) {
    this.began = began;
  }

  /**
   * Notes what is due in the seconds that have begun.
   *
   * @param seconds how many have
   * @param due operations a second
   */
  void due(int seconds, double due) {
    while (dues.size() < seconds) {
      dues.add(due);
    }
  }

  /** The seconds; the load has stopped. */
  List<DayFacts.Second> seconds(List<Timeline.Second> seconds, ClusterWatch watch) {
    List<DayFacts.Second> all = new ArrayList<>();
    for (int index = 0; index < seconds.size(); index++) {
      Timeline.Second second = seconds.get(index);
      Sighting seen = watch.upTo(began.plusMillis((long) (second.at() * MILLIS_PER_SECOND)));
      if (seen != null && second.part().seconds() >= PART_MIN) {
        all.add(
            new DayFacts.Second(
                second.at(),
                seen.nodes(),
                seen.asked(),
                dues.get(index),
                load(second.part()),
                seen.copiedBytes()));
      }
    }
    return all;
  }

  private static DayFacts.Load load(Phase part) {
    return new DayFacts.Load(
        part.done() / part.seconds(), part.millis(50), part.millis(99), part.failures());
  }

  /**
   * The sums.
   *
   * @param unended operations that never ended
   * @param copiedBytes that nodes have sent to fill others
   */
  static DayFacts.Totals totals(Phase day, int unended, long copiedBytes) {
    String kinds = day.failureKinds().replaceAll("[{}]", "").replace("=", ": ");
    String failures = unended == 0 ? kinds : kinds + " never ended: " + unended;
    return new DayFacts.Totals(
        day.done(),
        day.failures() + unended,
        failures,
        new DayFacts.Latency(day.millis(50), day.millis(99), day.millis(99.9), day.millis(100)),
        copiedBytes);
  }
}
