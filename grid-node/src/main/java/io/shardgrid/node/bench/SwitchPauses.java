package io.shardgrid.node.bench;

import io.shardgrid.node.cli.MigrationsPage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * How long shards had no primary when it changed, as the former ones measured. Immutable.
 *
 * @param sortedMicros ascending
 * @param moves moves that were looked at: the last that the authority remembers
 */
record SwitchPauses(List<Long> sortedMicros, int moves) {

  private static final long[] BOUNDS_MILLIS = {1, 2, 5, 10, 20, 50, 100, 250, Long.MAX_VALUE};
  private static final double MICROS_PER_MILLI = 1e3;

  SwitchPauses {
    sortedMicros = List.copyOf(sortedMicros);
  }

  static SwitchPauses of(MigrationsPage page) {
    return new SwitchPauses(
        page.moves().stream()
            .map(MigrationsPage.Move::pauseMicros)
            .filter(Objects::nonNull)
            .sorted()
            .toList(),
        page.moves().size());
  }

  private long percentileMicros(double percent) {
    int rank = (int) Math.ceil(percent / 100 * sortedMicros.size());
    return sortedMicros.get(Math.max(1, rank) - 1);
  }

  /** The histogram, for people. */
  List<String> lines() {
    if (sortedMicros.isEmpty()) {
      return List.of("no primary was switched");
    }
    List<String> cells = new ArrayList<>();
    long below = 0;
    for (long bound : BOUNDS_MILLIS) {
      long to = bound == Long.MAX_VALUE ? bound : bound * 1_000;
      long upTo = sortedMicros.stream().filter(micros -> micros <= to).count();
      cells.add((bound == Long.MAX_VALUE ? "more" : "<= " + bound) + ": " + (upTo - below));
      below = upTo;
    }
    return List.of(
        String.format(
            Locale.ROOT,
            "pauses at %d switches of primaries (of the last %d moves): p50 %.1f, p90 %.1f, p99 %.1f,"
                + " max %.1f ms",
            sortedMicros.size(),
            moves,
            percentileMicros(50) / MICROS_PER_MILLI,
            percentileMicros(90) / MICROS_PER_MILLI,
            percentileMicros(99) / MICROS_PER_MILLI,
            percentileMicros(100) / MICROS_PER_MILLI),
        "of these, in ms: " + String.join(", ", cells));
  }
}
