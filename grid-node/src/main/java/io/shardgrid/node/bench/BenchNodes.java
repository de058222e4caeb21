package io.shardgrid.node.bench;

import io.shardgrid.node.child.ChildCluster;
import io.shardgrid.node.child.Interruption;
import io.shardgrid.node.child.NodeChild;
import io.shardgrid.node.child.NodeLaunch;
import io.shardgrid.node.child.Surroundings;
import io.shardgrid.node.cli.CommandException;
import io.shardgrid.node.cli.ExitCode;
import io.shardgrid.node.cli.LinksPage;
import io.shardgrid.node.cli.NodeAddresses;
import io.shardgrid.node.cli.Screen;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/**
 * Nodes of this program in processes of their own on the loopback address, which end with this one.
 *
 * <p>Confined to one thread, which it blocks.
 */
final class BenchNodes implements AutoCloseable {

  private final ChildCluster cluster;
  private final Interruption interruption;
  private final Screen screen;
  private boolean hasLogs = true;

  /**
   * Prepares a cluster without nodes.
   *
   * @param settings HOCON that every node reads
   * @param heap most memory of a node's objects
   * @param screen is told where the logs are, if it does not go well
   */
  BenchNodes(String settings, String heap, Screen screen) {
    this(directory -> settings, heap, screen);
  }

  /** The same for settings that name files in the directory of the logs, which goes with them. */
  BenchNodes(Function<Path, String> settings, String heap, Screen screen) {
    this.screen = screen;
    this.cluster =
        ChildCluster.prepare(
            "bench", NodeLaunch.ofThisProgram(heap), settings, Surroundings.loopback());
    this.interruption = Interruption.watch(cluster);
  }

  /** Starts the first nodes, and returns when all of them serve. */
  List<NodeAddresses> start(int nodes) {
    return cluster.start(nodes);
  }

  /** Starts a further node, and does not wait for it. */
  void join() {
    String name = Character.toString('a' + cluster.children().size());
    cluster.join(name, founder().cluster());
  }

  /** Where the first node listens. */
  NodeAddresses founder() {
    return addresses(cluster.children().get(0));
  }

  private static NodeAddresses addresses(NodeChild child) {
    return child.awaitReady(Duration.ZERO);
  }

  /**
   * Demands that every node still runs.
   *
   * @throws CommandException if one does not
   */
  void demandAlive() {
    for (NodeChild child : cluster.children()) {
      if (!child.isAlive()) {
        throw new CommandException(ExitCode.FAILED, "Node " + child.name() + " has ended");
      }
    }
  }

  /** What all nodes have sent to their peers on a lane so far. */
  LinksPage.Lane sent(String lane) {
    LinksPage.Lane sum = LinksPage.Lane.none(lane);
    for (NodeChild child : cluster.children()) {
      sum = sum.plus(LinksPage.fetch(addresses(child).http()).lane(lane));
    }
    return sum;
  }

  /** Bytes that all nodes have sent to their peers so far. */
  long sentBytes() {
    return cluster.children().stream()
        .flatMap(child -> LinksPage.fetch(addresses(child).http()).sent().stream())
        .mapToLong(LinksPage.Lane::bytes)
        .sum();
  }

  /** Processor time that the nodes have taken so far. */
  Duration processorTime() {
    return cluster.children().stream()
        .map(NodeChild::processorTime)
        .reduce(Duration.ZERO, Duration::plus);
  }

  /** They were of use: what they have logged is of no interest. */
  void forgetLogs() {
    hasLogs = false;
  }

  @Override
  public void close() {
    cluster.kill();
    interruption.forget(hasLogs);
    if (hasLogs) {
      screen.line("  The logs of the nodes are in " + cluster.logs());
    } else {
      cluster.removeLogs();
    }
  }
}
