package io.shardgrid.node.demo.elastic;

import io.shardgrid.node.child.ChildCluster;
import io.shardgrid.node.child.NodeChild;
import io.shardgrid.node.child.NodeLaunch;
import io.shardgrid.node.child.Surroundings;
import io.shardgrid.node.cli.NodeAddresses;
import io.shardgrid.node.provision.StartedNodes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The processes of a grid that starts and ends nodes by itself: those that this process has
 * started, and those that these have, which would outlive them.
 *
 * <p>Thread-safe: a shutdown hook may end them at any time.
 */
final class ElasticNodes {

  private static final String STARTED = "nodes";
  private static final Duration HOLD_MAX = Duration.ofSeconds(15);

  private final ChildCluster cluster;
  private volatile boolean isEnding;

  private ElasticNodes(ChildCluster cluster) {
    this.cluster = cluster;
  }

  /** Prepares a cluster without nodes. */
  static ElasticNodes prepare(DayPlan plan) {
    long own = ProcessHandle.current().pid();
    NodeLaunch launch = NodeLaunch.ofThisProgram(DayPlan.HEAP).with(DayPlan.JAVA_OPTIONS);
    return new ElasticNodes(
        ChildCluster.prepare(
            "elastic",
            launch,
            directory -> plan.hocon(directory.resolve(STARTED), launch.prefix(), own),
            Surroundings.loopback()));
  }

  /** Starts the first nodes, and returns when all of them serve. */
  List<NodeAddresses> start() {
    return cluster.start(DayPlan.NODES_MIN);
  }

  /** Where all that nodes have logged is. */
  Path logs() {
    return cluster.logs();
  }

  /** Nodes that this process started, and that did not end in order; empty if there are none. */
  List<String> failed() {
    return cluster.children().stream()
        .filter(child -> !isEnding && !child.isAlive())
        .filter(child -> child.awaitExit(Duration.ZERO) != 0)
        .map(NodeChild::name)
        .toList();
  }

  /**
   * Stops all nodes in order, and returns when none runs.
   *
   * @return what is wrong with how they ended, empty if nothing is
   */
  List<String> stop() {
    isEnding = true;
    try (StartedNodes started = StartedNodes.hold(logs().resolve(STARTED), HOLD_MAX)) {
      List<ProcessHandle> living = started.living();
      living.forEach(ProcessHandle::destroy);
      List<String> wrong = new ArrayList<>(cluster.stop());
      for (ProcessHandle process : living) {
        if (!StartedNodes.awaitEnd(process)) {
          process.destroyForcibly();
          wrong.add("a node had to be killed: process=" + process.pid());
        }
      }
      return wrong;
    }
  }

  /** Ends all nodes at once, and returns when none runs. */
  void kill() {
    isEnding = true;
    cluster.kill();
    StartedNodes.killAll(logs().resolve(STARTED));
  }

  /** Ends all nodes at once, and removes all that they have left. */
  void vanish() {
    kill();
    removeFiles();
  }

  /** Removes all that nodes have left. */
  void removeFiles() {
    cluster.removeLogs();
  }
}
