package io.shardgrid.shard;

import io.shardgrid.key.NodeId;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Whether a majority of the members has answered this node lately: what a primary without backups
 * has instead of their promises. One a node, for all its shards. Not thread-safe.
 *
 * <p>A member that was removed is not answered. So whoever accepts the loss of a removed member's
 * shards only has to wait for one lease after the removal.
 */
public final class MemberEchoes {

  private final Map<NodeId, Long> sentNanos = new HashMap<>();
  private Set<NodeId> others = Set.of();

  /** These are all the other members from now on. */
  public void members(Set<NodeId> newOthers) {
    others = Set.copyOf(newOthers);
    sentNanos.keySet().retainAll(others);
  }

  /** A member has answered what was sent to it at this time of this node's monotonic clock. */
  public void echoed(NodeId from, long sentAtNanos) {
    if (others.contains(from)) {
      sentNanos.merge(from, sentAtNanos, (one, two) -> one - two > 0 ? one : two);
    }
  }

  /** Whether a majority of all members, this one included, was asked and answered within a time. */
  boolean isHeard(long nowNanos, long withinNanos) {
    int heard = 1;
    for (long sent : sentNanos.values()) {
      if (nowNanos - sent < withinNanos) {
        heard++;
      }
    }
    return 2 * heard > others.size() + 1;
  }
}
