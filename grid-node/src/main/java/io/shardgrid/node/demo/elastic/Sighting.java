package io.shardgrid.node.demo.elastic;

import io.shardgrid.node.cli.ScalingPage;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What was seen of the cluster at a time. Immutable.
 *
 * @param nodes full members
 * @param copiedBytes that nodes have sent so far to fill others
 * @param isAtRest whether nothing moves, and nothing waits to
 * @param page what the autoscaler said; null if nobody could be asked
 */
record Sighting(
    Instant at, int nodes, long copiedBytes, boolean isAtRest, @Nullable ScalingPage page) {

  /** Nodes that the metrics ask for; below 0 if nobody said. */
  int asked() {
    return page == null || page.decisions().isEmpty() ? -1 : page.decisions().get(0).proposed();
  }
}
