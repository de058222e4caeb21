package io.shardgrid.shard;

import io.shardgrid.key.NodeId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Whether a majority of the members has answered this node lately. One a node, for all its shards.
 *
 * <p>A member that was removed is not answered. So whoever accepts the loss of shards whose
 * replicas were all removed only has to wait until none of them can be answered any more: the
 * promises of backups do not protect from that, since they may have been removed together with
 * their primary.
 *
 * <p>{@link #members} and {@link #echoed} are confined to whoever watches the members; the shards
 * look from any thread.
 */
public final class MemberEchoes {

  private final Map<NodeId, Long> sentNanos = new HashMap<>();
  private Set<NodeId> others = Set.of();
  private Majority aloneUntil = Majority.NONE;
  private volatile Majority majority = Majority.ALONE;

  /**
   * So many more members have to answer what was sent later than what a majority has answered,
   * before that is another; 0 as long as none has.
   */
  private int missing;

  /**
   * What a majority has answered.
   *
   * @param isAlone whether this node is one by itself
   * @param isComplete whether there was such a majority ever
   * @param sentNanos when that was sent which the last of them has answered
   */
  private record Majority(boolean isAlone, boolean isComplete, long sentNanos) {
    static final Majority ALONE = new Majority(true, true, 0);
    static final Majority NONE = new Majority(false, false, 0);
  }

  /** These are all the other members from now on. */
  public void members(Set<NodeId> newOthers, long nowNanos) {
    if (!newOthers.equals(others)) {
      if (others.isEmpty()) {
        // Until now nobody was there who could have removed this node.
        aloneUntil = new Majority(false, true, nowNanos);
      }
      others = Set.copyOf(newOthers);
      sentNanos.keySet().retainAll(others);
      count();
    }
  }

  /** A member has answered what was sent to it at this time of this node's monotonic clock. */
  public void echoed(NodeId from, long sentAtNanos) {
    Long before = sentNanos.get(from);
    if (!others.contains(from) || (before != null && sentAtNanos - before <= 0)) {
      return;
    }
    sentNanos.put(from, sentAtNanos);
    if (isLater(sentAtNanos) && (before == null || !isLater(before))) {
      missing--;
    }
    if (missing <= 0) {
      count();
    }
  }

  private boolean isLater(long nanos) {
    return nanos - majority.sentNanos() > 0;
  }

  /** Sorts all: once for each round of questions, not for each answer. */
  private void count() {
    int needed = (others.size() + 1) / 2;
    missing = 0;
    if (needed == 0) {
      majority = Majority.ALONE;
    } else if (sentNanos.size() < needed) {
      majority = aloneUntil;
    } else {
      List<Long> latestFirst =
          sentNanos.values().stream().sorted((one, two) -> Long.signum(two - one)).toList();
      majority = new Majority(false, true, latestFirst.get(needed - 1));
      missing = needed - (int) latestFirst.stream().filter(this::isLater).count();
    }
  }

  /** Whether this node is the only member. */
  boolean isAlone() {
    return majority.isAlone();
  }

  /** Whether a majority of all members, this one included, was asked and answered within a time. */
  boolean isHeard(long nowNanos, long withinNanos) {
    Majority heard = majority;
    return heard.isAlone() || (heard.isComplete() && nowNanos - heard.sentNanos() < withinNanos);
  }
}
