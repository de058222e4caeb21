package io.shardgrid.node.admin;

import io.shardgrid.key.MigrationReport;
import io.shardgrid.node.access.GridAccess;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What {@code GET /migrations} replies, field by field. Immutable. What nobody knows is null.
 *
 * @param paused whether no move begins that only evens out
 * @param moves those under way, then those that have ended, the last one first
 * @param paces bytes of copies that members may send in a second now
 */
record MigrationsJson(boolean paused, Totals totals, List<Move> moves, List<Pace> paces) {

  /** Sums; the rate and the time are of moves under way. */
  record Totals(
      int waiting,
      int running,
      int cancelled,
      long done,
      long aborted,
      long bytesLeft,
      long bytesPerSecond,
      @Nullable Long etaMillis) {}

  /** One move. */
  record Move(
      int shard,
      String kind,
      @Nullable String source,
      String target,
      String state,
      String reason,
      long bytesDone,
      long bytesLeft,
      long bytesPerSecond,
      @Nullable Long etaMillis,
      long ageMillis,
      @Nullable Long pauseMicros,
      String digest) {}

  /** What a member may send. */
  record Pace(String node, long bytesPerSecond) {}

  static MigrationsJson of(GridAccess grid, MigrationReport report) {
    MemberNames names = MemberNames.of(grid);
    MigrationReport.Totals totals = report.totals();
    return new MigrationsJson(
        report.isPaused(),
        new Totals(
            totals.waiting(),
            totals.running(),
            totals.cancelled(),
            totals.done(),
            totals.aborted(),
            totals.bytesLeft(),
            totals.bytesPerSecond(),
            known(totals.etaMillis())),
        report.moves().stream().map(move -> moveOf(names, move)).toList(),
        report.paces().stream()
            .map(one -> new Pace(names.nameOf(one.node()), one.bytesPerSecond()))
            .toList());
  }

  private static Move moveOf(MemberNames names, MigrationReport.Move move) {
    Long pauseNanos = known(move.pauseNanos());
    return new Move(
        move.shard(),
        word(move.kind()),
        names.nameOrNull(move.source()),
        names.nameOf(move.target()),
        move.state().name(),
        move.reason(),
        move.bytesSent(),
        move.bytesLeft(),
        move.bytesPerSecond(),
        known(move.etaMillis()),
        move.ageMillis(),
        pauseNanos == null ? null : pauseNanos / 1_000,
        word(move.digest()));
  }

  private static @Nullable Long known(long number) {
    return number == MigrationReport.UNKNOWN ? null : number;
  }

  /** A constant as a word: {@code NOT_YET} as {@code not yet}. */
  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
