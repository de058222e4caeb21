package io.shardgrid.node.access;

import java.util.List;

/**
 * Whether a node is ready to serve. Immutable.
 *
 * @param reasons why not, for people; empty when ready
 */
public record Readiness(boolean isReady, List<String> reasons) {

  public Readiness {
    reasons = List.copyOf(reasons);
  }
}
