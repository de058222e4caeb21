package io.shardgrid.node.bench;

import io.shardgrid.Grid;
import io.shardgrid.GridSettings;
import io.shardgrid.map.Codecs;
import io.shardgrid.node.cli.Remote;
import org.jspecify.annotations.Nullable;

/** A grid of one node in this process, alone. */
final class EmbeddedSite implements Site {

  private final Spread spread;
  private @Nullable Grid grid;

  EmbeddedSite(Spread spread) {
    this.spread = spread;
  }

  @Override
  public Subject start() {
    Grid started = Grid.start(GridSettings.load().withShards(spread.shards()));
    grid = started;
    Remote.await(started.ready());
    return GridSubject.of(
        spread.maps(), name -> started.map(name, Codecs.string(), Codecs.bytes()));
  }

  @Override
  public Usage usage() {
    return Usage.ofThisProcess();
  }

  @Override
  public void forgetLogs() {}

  @Override
  public void close() {
    if (grid != null) {
      grid.closeNow();
    }
  }
}
