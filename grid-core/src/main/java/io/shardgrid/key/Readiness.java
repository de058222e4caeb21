package io.shardgrid.key;

import java.util.List;

/**
 * Whether a node can serve: it is Up, knows the placement, reaches all members, and its shards have
 * their seats. Immutable.
 *
 * @param reasons what is missing; empty when it is ready
 */
public record Readiness(List<String> reasons) {

  public Readiness {
    reasons = List.copyOf(reasons);
  }

  /** Whether nothing is missing. */
  public boolean isReady() {
    return reasons.isEmpty();
  }
}
