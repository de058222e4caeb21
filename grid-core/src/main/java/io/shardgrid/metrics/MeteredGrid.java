package io.shardgrid.metrics;

import io.shardgrid.autoscale.AutoscaleReport;
import io.shardgrid.key.MigrationReport;
import io.shardgrid.key.NodeId;
import io.shardgrid.meter.NodeMeters;
import java.util.concurrent.CompletionStage;

/** A node that meters can be made of. Thread-safe; nothing here blocks. */
public interface MeteredGrid {

  /** The node's incarnation. */
  NodeId self();

  /** What the node counts by itself. */
  NodeMeters meters();

  /**
   * What the autoscaler of the cluster knows and has decided; fails if it does not answer.
   *
   * @param decisions the last ones, so many at most
   */
  CompletionStage<AutoscaleReport> autoscale(int decisions);

  /** How the moves of shards are, for the whole cluster; fails if the authority does not answer. */
  CompletionStage<MigrationReport> migrations();
}
