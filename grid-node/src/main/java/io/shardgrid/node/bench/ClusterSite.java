package io.shardgrid.node.bench;

import io.shardgrid.Grid;
import io.shardgrid.GridSettings;
import io.shardgrid.key.LinkReport;
import io.shardgrid.map.Codecs;
import io.shardgrid.node.child.Redundancy;
import io.shardgrid.node.cli.ClusterPage;
import io.shardgrid.node.cli.CommandException;
import io.shardgrid.node.cli.ExitCode;
import io.shardgrid.node.cli.Remote;
import io.shardgrid.node.cli.Waiting;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A cluster with one member in this process, whose maps are used, and the others in their own. */
final class ClusterSite implements Site {

  private static final Duration SPREAD_MAX = Duration.ofSeconds(60);
  private static final Duration POLL = Duration.ofMillis(100);

  private final Spread spread;
  private final BenchNodes others;
  private @Nullable Grid grid;

  ClusterSite(Spread spread, BenchNodes others) {
    this.spread = spread;
    this.others = others;
  }

  @Override
  public Subject start() {
    others.start(spread.nodes() - 1);
    GridSettings settings =
        GridSettings.load()
            .withName("bench")
            .withShards(spread.shards())
            .with("backups", spread.backups())
            .withSeeds(List.of(others.founder().cluster()));
    Grid started = Grid.start(settings);
    grid = started;
    Remote.await(started.ready());
    awaitSpread();
    return GridSubject.of(
        spread.maps(), name -> started.map(name, Codecs.string(), Codecs.bytes()));
  }

  private void awaitSpread() {
    String founder = others.founder().http();
    long fromNanos = System.nanoTime();
    while (!Redundancy.isBalanced(ClusterPage.fetch(founder), spread.nodes(), spread.backups())) {
      others.demandAlive();
      if (System.nanoTime() - fromNanos > SPREAD_MAX.toNanos()) {
        throw new CommandException(
            ExitCode.FAILED, "The shards were not spread within " + SPREAD_MAX.toSeconds() + " s");
      }
      Waiting.linger(POLL);
    }
  }

  @Override
  public Usage usage() {
    others.demandAlive();
    long own =
        grid == null ? 0 : grid.links().sent().stream().mapToLong(LinkReport.Lane::bytes).sum();
    return Usage.with(others.processorTime(), own + others.sentBytes());
  }

  @Override
  public void forgetLogs() {
    others.forgetLogs();
  }

  @Override
  public void close() {
    try (others) {
      if (grid != null) {
        grid.closeNow();
      }
    }
  }
}
