package io.shardgrid.node.bench;

import io.shardgrid.client.GridClient;
import io.shardgrid.map.Codecs;
import io.shardgrid.node.cli.Remote;
import org.jspecify.annotations.Nullable;

/** Nodes in processes of their own, asked over the network by a client in this one. */
final class WireSite implements Site {

  private final Spread spread;
  private final BenchNodes nodes;
  private @Nullable GridClient client;

  WireSite(Spread spread, BenchNodes nodes) {
    this.spread = spread;
    this.nodes = nodes;
  }

  @Override
  public Subject start() {
    GridClient connected = Remote.connect(nodes.start(spread.nodes()));
    client = connected;
    return GridSubject.of(
        spread.maps(), name -> connected.map(name, Codecs.string(), Codecs.bytes()));
  }

  @Override
  public Usage usage() {
    nodes.demandAlive();
    return Usage.with(nodes.processorTime(), spread.nodes() == 1 ? -1 : nodes.sentBytes());
  }

  @Override
  public void forgetLogs() {
    nodes.forgetLogs();
  }

  @Override
  public void close() {
    try (nodes) {
      if (client != null) {
        client.close();
      }
    }
  }
}
