package io.shardgrid.node.bench;

import io.shardgrid.Grid;
import io.shardgrid.GridSettings;
import io.shardgrid.client.GridClient;
import io.shardgrid.map.AsyncMap;
import io.shardgrid.map.Codecs;
import io.shardgrid.node.cli.NodeAddresses;
import io.shardgrid.node.cli.Remote;
import io.shardgrid.node.cli.Screen;
import io.shardgrid.node.rule.RulePage;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/**
 * A grid of one node whose rules are measured.
 *
 * @param accounts the map that they are called for
 * @param nodes processor time that nodes in other processes have taken so far
 * @param end ends all of it
 */
record RuleSite(AsyncMap<String, byte[]> accounts, Supplier<Duration> nodes, Runnable end)
    implements AutoCloseable {

  private static final String MAP = "accounts";

  /** In this process. */
  static RuleSite embedded(String engine, String rule, byte[] module) {
    Grid grid = Grid.start(GridSettings.load().with("rule.engine", engine));
    Remote.await(grid.ready());
    Remote.await(grid.rules().load(rule, module));
    return new RuleSite(
        grid.map(MAP, Codecs.string(), Codecs.bytes()), () -> Duration.ZERO, grid::close);
  }

  /** In a process of its own, asked over the network by a client in this one. */
  static RuleSite remote(String engine, String rule, byte[] module, String heap, Screen screen) {
    BenchNodes nodes = new BenchNodes("grid.rule.engine = " + engine + "\n", heap, screen);
    List<NodeAddresses> started = nodes.start(1);
    RulePage.load(started.get(0).http(), rule, module);
    GridClient client = Remote.connect(started);
    return new RuleSite(
        client.map(MAP, Codecs.string(), Codecs.bytes()),
        nodes::processorTime,
        () -> {
          client.close();
          nodes.forgetLogs();
          nodes.close();
        });
  }

  /** What all processes have used so far. */
  Usage usage() {
    return Usage.with(nodes.get(), -1);
  }

  @Override
  public void close() {
    end.run();
  }
}
