package io.shardgrid.node.drill;

import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * The moments that part a drill into before, during and after. Immutable.
 *
 * @param beganNanos when the load had warmed up
 * @param calmNanos when the drill began to act; what it does before the fault is in no phase
 * @param struckNanos when the fault happened
 * @param overNanos when the cluster had got over it
 * @param endNanos when the load ended
 */
record Phases(long beganNanos, long calmNanos, long struckNanos, long overNanos, long endNanos) {

  /** The name of the first phase. */
  static final String FIRST = "before";

  /** The figures of the load, and how long shards were silent. */
  List<DrillLine> lines(int drill, List<Sample> samples, int shards) {
    return List.of(
        DrillLine.figures(drill, FIRST, Figures.of(samples, beganNanos, calmNanos)),
        DrillLine.figures(drill, "during", Figures.of(samples, struckNanos, overNanos)),
        DrillLine.figures(drill, "after", after(samples)),
        DrillLine.detail(
            drill,
            "longest silence of a shard: %s before, %s during, %s after the fault"
                .formatted(
                    silence(samples, shards, beganNanos, calmNanos),
                    silence(samples, shards, struckNanos, overNanos),
                    silence(samples, shards, overNanos, endNanos))),
        DrillLine.detail(drill, answered(samples, shards)));
  }

  /** The figures since the cluster had got over the fault. */
  Figures after(List<Sample> samples) {
    return Figures.of(samples, overNanos, endNanos);
  }

  /** The whole in a few numbers. */
  Course course(List<Sample> samples, int shards, boolean holds) {
    return new Course(
        holds,
        (int) samples.stream().filter(sample -> !sample.isDone()).count(),
        Silences.lastAnswerNanos(samples, shards, struckNanos),
        Figures.of(samples, struckNanos, overNanos).percentileNanos(100));
  }

  private static String silence(List<Sample> samples, int shards, long fromNanos, long toNanos) {
    return seconds(Silences.longestNanos(samples, shards, fromNanos, toNanos));
  }

  private String answered(List<Sample> samples, int shards) {
    OptionalLong last = Silences.lastAnswerNanos(samples, shards, struckNanos);
    return last.isEmpty()
        ? "some shard did not answer again"
        : "all %d shards had answered again %s after the fault"
            .formatted(shards, seconds(last.getAsLong()));
  }

  private static String seconds(long nanos) {
    return String.format(Locale.ROOT, "%.2f s", nanos / 1e9);
  }
}
