package io.shardgrid.key;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the moves of a cluster are at one moment, as its authority knows. Immutable.
 *
 * @param isPaused whether no move begins that only evens out
 * @param moves those under way, and then those that have ended, the last one first; at most {@link
 *     #MOVES_MAX}
 * @param paces what the members may send of copies
 */
public record MigrationReport(
    boolean isPaused, Totals totals, List<Move> moves, List<MemberPace> paces) {

  /** The most moves in one report. */
  public static final int MOVES_MAX = 512;

  /** Stands for a number that nobody knows. */
  public static final long UNKNOWN = -1;

  public MigrationReport {
    moves = List.copyOf(moves);
    paces = List.copyOf(paces);
  }

  /**
   * Sums.
   *
   * @param waiting moves that are planned and have not begun
   * @param cancelled those of them that an operator has cancelled
   * @param done moves that have ended well, since this authority governs
   * @param aborted moves that were given up since then
   * @param bytesLeft of all moves under way and waiting
   * @param bytesPerSecond of all moves under way
   * @param etaMillis how long the rest takes at this rate, or {@link #UNKNOWN}
   */
  public record Totals(
      int waiting,
      int running,
      int cancelled,
      long done,
      long aborted,
      long bytesLeft,
      long bytesPerSecond,
      long etaMillis) {}

  /**
   * One move.
   *
   * @param source the member that has the data; null if the copy is missing there, too
   * @param reason why it was given up; empty if it was not
   * @param bytesSent bytes of its copy that were sent, those sent again included
   * @param bytesLeft by the bytes of the shard's entries, an estimate
   * @param bytesPerSecond smoothed over a few seconds
   * @param etaMillis how long its copy takes yet at this rate, or {@link #UNKNOWN}
   * @param ageMillis time since it began, or between its beginning and its end
   * @param pauseNanos how long the shard had no primary at the switch by the former one's clock:
   *     from when that numbered nothing more until it heard the next one; or {@link #UNKNOWN}
   * @param digest the learner's comparison when all of the copy was there
   */
  public record Move(
      int shard,
      MigrationKind kind,
      @Nullable NodeId source,
      NodeId target,
      MigrationState state,
      String reason,
      long bytesSent,
      long bytesLeft,
      long bytesPerSecond,
      long etaMillis,
      long ageMillis,
      long pauseNanos,
      DigestVerdict digest) {}

  /** Bytes of copies that a member may send in a second now. */
  public record MemberPace(NodeId node, long bytesPerSecond) {}
}
