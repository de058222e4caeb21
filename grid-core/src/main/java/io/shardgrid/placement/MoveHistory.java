package io.shardgrid.placement;

import io.shardgrid.key.MigrationKind;
import io.shardgrid.key.MigrationState;
import io.shardgrid.key.NodeId;
import io.shardgrid.placement.NodeReport.Handover;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The moves that have ended of late: a bounded number, and how many there were. */
final class MoveHistory {

  private final int max;
  private final Deque<Migration> newestFirst = new ArrayDeque<>();
  private long done;
  private long aborted;

  /** Keeps so many. */
  MoveHistory(int max) {
    this.max = max;
  }

  /** This one has ended. */
  void add(Migration ended) {
    if (ended.state() == MigrationState.DONE) {
      done++;
    } else {
      aborted++;
    }
    newestFirst.addFirst(ended);
    if (newestFirst.size() > max) {
      newestFirst.removeLast();
    }
  }

  /** A former primary's word comes after the end, mostly: it is about its shard's last move. */
  void handedOver(NodeId from, Handover handover) {
    newestFirst.stream()
        .filter(one -> one.shard() == handover.shard() && one.kind() == MigrationKind.PRIMARY)
        .findFirst()
        .ifPresent(last -> last.handedOver(from, handover));
  }

  List<Migration> newestFirst() {
    return List.copyOf(newestFirst);
  }

  long done() {
    return done;
  }

  long aborted() {
    return aborted;
  }
}
