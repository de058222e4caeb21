package io.shardgrid.node.access;

import io.shardgrid.key.LinkLoad;
import io.shardgrid.key.LinkReport;
import io.shardgrid.meter.ClusterFigures;
import io.shardgrid.meter.Holdings;
import io.shardgrid.meter.NodeMeters;
import io.shardgrid.meter.NodeTally;
import io.shardgrid.meter.RuleFigures;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Meters of a node on which nothing happens and nothing is counted. */
final class QuietMeters implements NodeMeters {

  @Override
  public @Nullable NodeTally tally() {
    return null;
  }

  @Override
  public ClusterFigures cluster() {
    return new ClusterFigures(true, 1, 16, 0, 0);
  }

  @Override
  public Holdings holdings() {
    return Holdings.UNKNOWN;
  }

  @Override
  public LinkReport links() {
    return new LinkReport(0, 0, 0, 0, LinkReport.Refused.NONE, List.of());
  }

  @Override
  public LinkLoad linkLoad() {
    return LinkLoad.NONE;
  }

  @Override
  public Waiting waiting() {
    return new Waiting(0, 0, Map.of());
  }

  @Override
  public Memory memory() {
    return new Memory(0, 1);
  }

  @Override
  public RuleFigures rules() {
    return RuleFigures.NONE;
  }

  @Override
  public long mailbox(int group) {
    return 0;
  }

  @Override
  public CompletionStage<Void> look() {
    return CompletableFuture.completedStage(null);
  }

  @Override
  public boolean isStopped() {
    return false;
  }
}
