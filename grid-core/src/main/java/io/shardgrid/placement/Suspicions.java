package io.shardgrid.placement;

import io.shardgrid.key.NodeId;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which members a majority of the others has called dead lately: reason enough to have their shards
 * served by others, since a primary that is wrongly suspected can answer nothing any more once
 * another one acts. Not thread-safe.
 */
final class Suspicions {

  private final long holdNanos;
  private final Map<NodeId, Map<NodeId, Long>> reports = new HashMap<>();

  Suspicions(PlacementSettings settings) {
    this.holdNanos = settings.suspicion().toNanos();
  }

  /** A member says that another does not answer. */
  void reported(NodeId from, NodeId suspect, long nowNanos) {
    if (!from.equals(suspect)) {
      reports.computeIfAbsent(suspect, any -> new HashMap<>()).put(from, nowNanos);
    }
  }

  /** These are the members from now on; what others said, or is said of others, is forgotten. */
  void retain(Set<NodeId> members) {
    reports.keySet().retainAll(members);
    reports.values().forEach(by -> by.keySet().retainAll(members));
  }

  /**
   * The members that more than half of all others suspect. Of two members none: the other one would
   * be alone with its word.
   */
  Set<NodeId> suspects(Set<NodeId> members, long nowNanos) {
    Set<NodeId> suspects = new TreeSet<>();
    reports.forEach(
        (suspect, by) -> {
          by.values().removeIf(since -> nowNanos - since > holdNanos);
          if (members.size() > 2 && 2 * by.size() > members.size() - 1) {
            suspects.add(suspect);
          }
        });
    return suspects;
  }
}
