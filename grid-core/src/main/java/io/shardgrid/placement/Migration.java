package io.shardgrid.placement;

import io.shardgrid.key.NodeId;
import io.shardgrid.placement.NodeReport.CopyReport;
import io.shardgrid.placement.NodeReport.SeatReport;
import io.shardgrid.shard.CopyState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The move of one shard's data to one node, as the authority follows it. Not thread-safe. */
final class Migration {

  private static final Logger LOG = LoggerFactory.getLogger(Migration.class);

  private final int shard;
  private final NodeId target;
  private final long startedNanos;
  private MigrationState state = MigrationState.INIT;
  private long seat;
  private long askedNanos;
  private long heardNanos;
  private long bytesSent;
  private long bytesAll;

  Migration(int shard, NodeId target, long nowNanos) {
    this.shard = shard;
    this.target = target;
    this.startedNanos = nowNanos;
    this.heardNanos = nowNanos;
    this.askedNanos = nowNanos;
  }

  int shard() {
    return shard;
  }

  NodeId target() {
    return target;
  }

  MigrationState state() {
    return state;
  }

  long startedNanos() {
    return startedNanos;
  }

  long bytesSent() {
    return bytesSent;
  }

  /** Bytes of the shard as they were last reported. */
  long bytesAll() {
    return bytesAll;
  }

  boolean hasEnded() {
    return state == MigrationState.DONE || state == MigrationState.ABORTED;
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
    bytesAll = report.liveBytes();
    for (CopyReport copy : report.copies()) {
      if (copy.target().equals(target)) {
        heardNanos = nowNanos;
        bytesSent = copy.bytesSent();
        follow(copy.state());
      }
    }
  }

  private void follow(CopyState copy) {
    if (copy == CopyState.ABORTED) {
      move(MigrationState.ABORTED);
    } else if (copy == CopyState.SYNCING && state != MigrationState.SYNCING) {
      move(MigrationState.SYNCING);
    } else if (state == MigrationState.INIT && copy != CopyState.DONE) {
      move(MigrationState.MIGRATING);
    }
  }

  /** Whether nothing has been heard of it for so long. */
  boolean isSilent(long nowNanos, long silenceNanos) {
    return nowNanos - heardNanos >= silenceNanos;
  }

  /** Goes on to another state, if it may; what has ended stays so. */
  void move(MigrationState next) {
    if (state == next || !state.canBecome(next)) {
      return;
    }
    LOG.info("migration of shard {} to {}: {} to {}", shard, target, state, next);
    state = next;
  }
}
