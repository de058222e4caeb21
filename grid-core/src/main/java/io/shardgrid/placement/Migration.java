package io.shardgrid.placement;

import io.shardgrid.key.DigestVerdict;
import io.shardgrid.key.MigrationKind;
import io.shardgrid.key.MigrationReport;
import io.shardgrid.key.MigrationReport.Move;
import io.shardgrid.key.MigrationState;
import io.shardgrid.key.NodeId;
import io.shardgrid.key.PlanReport.PlannedMove;
import io.shardgrid.placement.NodeReport.CopyReport;
import io.shardgrid.placement.NodeReport.Handover;
import io.shardgrid.placement.NodeReport.SeatReport;
import io.shardgrid.shard.CopyState;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The move of one shard's data to one node, as the authority follows it. Not thread-safe. */
final class Migration {

  private final int shard;
  private final MigrationKind kind;
  private final @Nullable NodeId source;
  private final NodeId target;
  private final boolean isCopied;
  private final long startedNanos;
  private final long firstSeat;
  private final Consumer<MoveStep> steps;
  private final TransferRate rate;
  private MigrationState state = MigrationState.INIT;
  private String reason = "";
  private DigestVerdict digest;
  private long seat;
  private long askedNanos;
  private long heardNanos;
  private long endedNanos;
  private long pauseNanos = MigrationReport.UNKNOWN;
  private long bytesSent;
  private long bytesAll;

  /**
   * One that begins now.
   *
   * @param firstSeat the seat of its shard's primary
   * @param steps hears of its beginning and of each state after that
   */
  Migration(PlannedMove planned, long firstSeat, long nowNanos, Consumer<MoveStep> steps) {
    this.firstSeat = firstSeat;
    this.steps = steps;
    this.shard = planned.shard();
    this.kind = planned.kind();
    this.source = planned.source();
    this.target = planned.target();
    this.isCopied = planned.isCopied();
    this.bytesAll = planned.bytes();
    this.digest = isCopied ? DigestVerdict.NOT_YET : DigestVerdict.NONE;
    this.startedNanos = nowNanos;
    this.heardNanos = nowNanos;
    this.askedNanos = nowNanos;
    this.endedNanos = nowNanos;
    this.rate = new TransferRate(nowNanos);
    tell(state);
  }

  private void tell(MigrationState was) {
    steps.accept(
        new MoveStep(shard, firstSeat, kind, source, target, was, state, reason, bytesSent));
  }

  int shard() {
    return shard;
  }

  MigrationKind kind() {
    return kind;
  }

  NodeId target() {
    return target;
  }

  MigrationState state() {
    return state;
  }

  /** Whether data is sent for it, so that it counts among those that are copied at once. */
  boolean isCopied() {
    return isCopied;
  }

  boolean hasEnded() {
    return state == MigrationState.DONE || state == MigrationState.ABORTED;
  }

  /** Whether it may still be given up and leave everything as it was. */
  boolean isRevocable() {
    return kind != MigrationKind.REPAIR
        && (state == MigrationState.INIT || state == MigrationState.MIGRATING);
  }

  /** Whether the source is to be asked (again) to fill the target. */
  boolean isAskDue(long currentSeat, long nowNanos, long repeatNanos) {
    boolean isDue = currentSeat != seat || nowNanos - askedNanos >= repeatNanos;
    if (isDue) {
      seat = currentSeat;
      askedNanos = nowNanos;
    }
    return isDue;
  }

  /** The source reports on its seat. */
  void reported(SeatReport report, long nowNanos) {
    if (hasEnded()) {
      return;
    }
    bytesAll = report.liveBytes() >= 0 ? report.liveBytes() : bytesAll;
    for (CopyReport copy : report.copies()) {
      if (copy.target().equals(target)) {
        heardNanos = nowNanos;
        bytesSent = copy.bytesSent();
        digest = copy.digest();
        rate.reached(bytesSent, nowNanos);
        follow(copy, nowNanos);
      }
    }
  }

  private void follow(CopyReport copy, long nowNanos) {
    if (copy.state() == CopyState.ABORTED) {
      abort(copy.end().text(), nowNanos);
    } else if (copy.state() == CopyState.SYNCING) {
      move(MigrationState.SYNCING, nowNanos);
    } else if (state == MigrationState.INIT && copy.state() != CopyState.DONE) {
      move(MigrationState.MIGRATING, nowNanos);
    }
  }

  /** A former primary tells how long the shard had none; whether that is about this move. */
  boolean handedOver(NodeId from, Handover handover) {
    boolean isNews =
        kind == MigrationKind.PRIMARY
            && state != MigrationState.ABORTED
            && handover.shard() == shard
            && from.equals(source)
            && pauseNanos == MigrationReport.UNKNOWN;
    if (isNews) {
      pauseNanos = handover.pauseNanos();
    }
    return isNews;
  }

  /** Whether nothing has been heard of it for so long. */
  boolean isSilent(long nowNanos, long silenceNanos) {
    return nowNanos - heardNanos >= silenceNanos;
  }

  /** The target holds the shard as planned. */
  void done(long nowNanos) {
    if (isCopied && !hasEnded()) {
      // No learner becomes in-sync before its digest was the primary's at the end of the copy.
      digest = DigestVerdict.MATCHED;
    }
    move(MigrationState.DONE, nowNanos);
  }

  void abort(String why, long nowNanos) {
    if (!hasEnded()) {
      reason = why;
    }
    move(MigrationState.ABORTED, nowNanos);
  }

  /** Goes on to another state, if it may; what has ended stays so. */
  void move(MigrationState next, long nowNanos) {
    if (state == next || !state.canBecome(next)) {
      return;
    }
    MigrationState was = state;
    state = next;
    heardNanos = nowNanos;
    endedNanos = nowNanos;
    tell(was);
  }

  /** Bytes that are still to be sent, an estimate: what is sent counts writes, too. */
  long bytesLeft() {
    boolean isFilling = state == MigrationState.INIT || state == MigrationState.MIGRATING;
    return isCopied && isFilling ? Math.max(0, bytesAll - bytesSent) : 0;
  }

  long bytesPerSecond() {
    return state == MigrationState.MIGRATING ? rate.bytesPerSecond() : 0;
  }

  Move report(long nowNanos) {
    long untilNanos = hasEnded() ? endedNanos : nowNanos;
    return new Move(
        shard,
        kind,
        source,
        target,
        state,
        reason,
        bytesSent,
        bytesLeft(),
        bytesPerSecond(),
        hasEnded() ? MigrationReport.UNKNOWN : etaMillis(bytesLeft(), bytesPerSecond()),
        (untilNanos - startedNanos) / 1_000_000,
        pauseNanos,
        digest);
  }

  /** How long so many bytes take at this rate. */
  static long etaMillis(long bytes, long bytesPerSecond) {
    if (bytes == 0) {
      return 0;
    }
    return bytesPerSecond == 0
        ? MigrationReport.UNKNOWN
        : (long) (bytes * 1_000.0 / bytesPerSecond);
  }
}
