package io.shardgrid.node.drill;

import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * The moments that part a drill into before, during and after. Immutable.
 *
 * @param beganNanos when the load had warmed up
 * @param struckNanos when the fault happened
 * @param overNanos when the cluster had got over it
 * @param endNanos when the load ended
 */
record Phases(long beganNanos, long struckNanos, long overNanos, long endNanos, int shards) {

  /** The table of the load, and how long shards were silent. */
  List<String> lines(List<Sample> samples) {
    return Stream.of(
            Figures.heads(),
            Figures.of(samples, beganNanos, struckNanos).row("before"),
            Figures.of(samples, struckNanos, overNanos).row("during"),
            after(samples).row("after"),
            "  longest silence of a shard: %s before, %s during, %s after the fault"
                .formatted(
                    silence(samples, beganNanos, struckNanos),
                    silence(samples, struckNanos, overNanos),
                    silence(samples, overNanos, endNanos)),
            "  " + answered(samples))
        .toList();
  }

  /** The figures since the cluster had got over the fault. */
  Figures after(List<Sample> samples) {
    return Figures.of(samples, overNanos, endNanos);
  }

  private String silence(List<Sample> samples, long fromNanos, long toNanos) {
    return seconds(Silences.longestNanos(samples, shards, fromNanos, toNanos));
  }

  private String answered(List<Sample> samples) {
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
