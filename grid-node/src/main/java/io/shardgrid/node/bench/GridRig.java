package io.shardgrid.node.bench;

import io.shardgrid.client.GridClient;
import io.shardgrid.map.AsyncMap;
import io.shardgrid.map.Codecs;
import io.shardgrid.node.child.ChildCluster;
import io.shardgrid.node.child.Interruption;
import io.shardgrid.node.child.NodeChild;
import io.shardgrid.node.child.Redundancy;
import io.shardgrid.node.child.Surroundings;
import io.shardgrid.node.cli.CommandException;
import io.shardgrid.node.cli.ExitCode;
import io.shardgrid.node.cli.LinksPage;
import io.shardgrid.node.cli.MigrationsPage;
import io.shardgrid.node.cli.NodeAddresses;
import io.shardgrid.node.cli.Remote;
import io.shardgrid.node.cli.Screen;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Nodes of this program on the loopback address, asked by its client. */
final class GridRig implements Rig {

  private static final String MAP = "bench";

  private final int backups;
  private final ChildCluster cluster;
  private final Interruption interruption;
  private final List<GridClient> clients = new ArrayList<>();
  private final Screen screen;
  private boolean hasLogs = true;

  /**
   * Prepares a cluster without nodes.
   *
   * @param heap most memory of a node's objects
   * @param screen is told where the logs are, if it does not go well
   */
  GridRig(int backups, String heap, Screen screen) {
    this.backups = backups;
    this.screen = screen;
    String settings = "grid.backups = " + backups + "\n";
    this.cluster = ChildCluster.prepare("bench", heap, settings, Surroundings.loopback());
    this.interruption = Interruption.watch(cluster);
  }

  @Override
  public String title() {
    return "Shardgrid";
  }

  @Override
  public Subject start(int nodes) {
    GridClient client = Remote.connect(cluster.start(nodes));
    clients.add(client);
    return new OfMap(client.map(MAP, Codecs.string(), Codecs.bytes()));
  }

  private record OfMap(AsyncMap<String, byte[]> map) implements Subject {

    @Override
    public CompletionStage<Boolean> get(String key) {
      return map.get(key).thenApply(value -> value.isPresent());
    }

    @Override
    public CompletionStage<?> put(String key, byte[] value) {
      return map.put(key, value);
    }
  }

  private String founder() {
    return addresses(cluster.children().get(0)).http();
  }

  private static NodeAddresses addresses(NodeChild child) {
    return child.awaitReady(Duration.ZERO);
  }

  @Override
  public void grow() {
    List<NodeChild> children = cluster.children();
    String name = Character.toString('a' + children.size());
    cluster.join(name, addresses(children.get(0)).cluster());
  }

  @Override
  public boolean isSpread(int nodes) {
    for (NodeChild child : cluster.children()) {
      if (!child.isAlive()) {
        throw new CommandException(ExitCode.FAILED, "Node " + child.name() + " has ended");
      }
    }
    return clients.stream()
        .allMatch(client -> Redundancy.isBalanced(client.topology(), nodes, backups));
  }

  /** What all nodes have sent to each other on a lane so far. */
  LinksPage.Lane sent(String lane) {
    LinksPage.Lane sum = LinksPage.Lane.none(lane);
    for (NodeChild child : cluster.children()) {
      sum = sum.plus(LinksPage.fetch(addresses(child).http()).lane(lane));
    }
    return sum;
  }

  @Override
  public List<String> remarks() {
    return SwitchPauses.of(MigrationsPage.fetch(founder())).lines();
  }

  @Override
  public void forgetLogs() {
    hasLogs = false;
  }

  @Override
  public void close() {
    clients.forEach(GridClient::close);
    cluster.kill();
    interruption.forget(hasLogs);
    if (hasLogs) {
      screen.line("  The logs of the nodes are in " + cluster.logs());
    } else {
      cluster.removeLogs();
    }
  }
}
