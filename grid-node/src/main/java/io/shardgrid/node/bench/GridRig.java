package io.shardgrid.node.bench;

import io.shardgrid.client.GridClient;
import io.shardgrid.map.Codecs;
import io.shardgrid.node.child.Redundancy;
import io.shardgrid.node.cli.LinksPage;
import io.shardgrid.node.cli.MigrationsPage;
import io.shardgrid.node.cli.Remote;
import io.shardgrid.node.cli.Screen;
import java.util.ArrayList;
import java.util.List;

/** Nodes of this program on the loopback address, asked by its client. */
final class GridRig implements Rig {

  private final int backups;
  private final BenchNodes nodes;
  private final List<GridClient> clients = new ArrayList<>();

  /**
   * Prepares a cluster without nodes.
   *
   * @param heap most memory of a node's objects
   * @param screen is told where the logs are, if it does not go well
   */
  GridRig(int backups, String heap, Screen screen) {
    this.backups = backups;
    this.nodes = new BenchNodes("grid.backups = " + backups + "\n", heap, screen);
  }

  @Override
  public String title() {
    return "Shardgrid";
  }

  @Override
  public Subject start(int number) {
    GridClient client = Remote.connect(nodes.start(number));
    clients.add(client);
    return GridSubject.of(1, name -> client.map(name, Codecs.string(), Codecs.bytes()));
  }

  @Override
  public void grow() {
    nodes.join();
  }

  @Override
  public boolean isSpread(int number) {
    nodes.demandAlive();
    return clients.stream()
        .allMatch(client -> Redundancy.isBalanced(client.topology(), number, backups));
  }

  /** What all nodes have sent to each other on a lane so far. */
  LinksPage.Lane sent(String lane) {
    return nodes.sent(lane);
  }

  @Override
  public List<String> remarks() {
    return SwitchPauses.of(MigrationsPage.fetch(nodes.founder().http())).lines();
  }

  @Override
  public void forgetLogs() {
    nodes.forgetLogs();
  }

  @Override
  public void close() {
    clients.forEach(GridClient::close);
    nodes.close();
  }
}
