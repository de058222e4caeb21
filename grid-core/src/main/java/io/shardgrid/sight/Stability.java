package io.shardgrid.sight;

import io.shardgrid.health.Chronicle;
import io.shardgrid.health.HealthReport.Finding;
import io.shardgrid.health.HealthReport.Mark;
import io.shardgrid.key.MigrationReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Does a cluster hold: recoveries, moves, members that were lost. Without state. */
final class Stability {

  private Stability() {}

  static List<Finding> findings(Instant now, ClusterSight sight) {
    List<Finding> findings = new ArrayList<>();
    addRecoveries(now, sight.measured(), findings);
    addMoves(sight.moves(), findings);
    Chronicle.Summary measured = sight.measured();
    String since = " since this node joined, " + time(measured.since(), now) + " ago";
    findings.add(
        new Finding(
            measured.expelled() == 0 ? Mark.GOOD : Mark.CONCERN,
            "members taken out",
            String.valueOf(measured.expelled()),
            "Crashed, cut off or stuck," + since));
    findings.add(
        new Finding(
            Mark.FIGURE,
            "members that came and went",
            measured.joined() + " came, " + measured.left() + " left in order",
            "Counted" + since));
    return findings;
  }

  private static void addRecoveries(
      Instant now, Chronicle.Summary measured, List<Finding> findings) {
    Instant missing = measured.missingSince();
    if (missing != null) {
      findings.add(
          new Finding(
              Mark.CONCERN,
              "copies missing",
              "for " + time(missing, now),
              "They are being made again, as long as there are members for them"));
    }
    List<Duration> times =
        measured.spans().stream()
            .filter(span -> span.kind() == Chronicle.Kind.RECOVERY)
            .map(Chronicle.Span::duration)
            .toList();
    if (times.isEmpty()) {
      findings.add(
          Finding.unknown(
              "recovery", "Never measured: no copy was missing since this node joined"));
      return;
    }
    findings.add(
        new Finding(
            Mark.FIGURE,
            "recovery",
            "%s at the last, %s at most"
                .formatted(
                    Wording.time(times.get(times.size() - 1)),
                    Wording.time(times.stream().max(Comparator.naturalOrder()).orElseThrow())),
            "From when copies were missing until all were there again, to the second: recoveries="
                + times.size()));
  }

  private static void addMoves(@Nullable MigrationReport moves, List<Finding> findings) {
    if (moves == null) {
      findings.add(Finding.unknown("moves", "The authority over the placement did not answer"));
      return;
    }
    long done = moves.totals().done();
    long aborted = moves.totals().aborted();
    findings.add(
        new Finding(
            aborted * 10 > done ? Mark.CONCERN : done > 0 ? Mark.GOOD : Mark.FIGURE,
            "moves of shards",
            done + " done, " + aborted + " given up",
            "Since this authority governs; a move that is given up leaves the data where it was"));
    long[] pauses =
        moves.moves().stream()
            .mapToLong(MigrationReport.Move::pauseNanos)
            .filter(pause -> pause != MigrationReport.UNKNOWN)
            .sorted()
            .toArray();
    if (pauses.length == 0) {
      findings.add(Finding.unknown("pause at a switch", "Never measured: no primary has moved"));
      return;
    }
    findings.add(
        new Finding(
            Mark.FIGURE,
            "pause at a switch",
            "%.1f ms median, %.1f ms at most"
                .formatted(pauses[pauses.length / 2] / 1e6, pauses[pauses.length - 1] / 1e6),
            "How long a shard had no primary when it moved: moves=" + pauses.length));
  }

  private static String time(Instant from, Instant to) {
    return Wording.time(Duration.between(from, to));
  }
}
