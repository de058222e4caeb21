package io.shardgrid.node.demo;

import io.shardgrid.node.cli.CommandException;
import io.shardgrid.node.cli.ExitCode;
import io.shardgrid.node.cli.NodeAddresses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Three nodes in processes of their own, on free ports of the loopback address, with their logs in
 * a directory of their own. {@link #close} leaves no process behind.
 *
 * <p>Thread-safe: a shutdown hook may close it at any time.
 */
final class DemoCluster implements AutoCloseable {

  private static final Duration START_MAX = Duration.ofSeconds(60);
  private static final Duration STOP_MAX = Duration.ofSeconds(30);
  private static final List<String> FREE_PORTS =
      List.of("--port", "0", "--http", "0", "--peer", "0", "--cluster", "0");

  private final NodeLaunch launch;
  private final Path logs;
  private final List<NodeChild> children = new ArrayList<>();
  private boolean isClosed;

  private DemoCluster(NodeLaunch launch, Path logs) {
    this.launch = launch;
    this.logs = logs;
  }

  /** Prepares a cluster without nodes. */
  static DemoCluster prepare() {
    try {
      return new DemoCluster(
          NodeLaunch.ofThisProgram(), Files.createTempDirectory("shardgrid-demo-"));
    } catch (IOException e) {
      throw new CommandException(
          ExitCode.FAILED, "No directory for the logs can be made: " + e.getMessage(), e);
    }
  }

  /** Starts the nodes, and returns when all of them serve. */
  List<NodeAddresses> start() {
    NodeAddresses founder = child("a", "--found", "--expect", "3").awaitUp(START_MAX);
    child("b", "--seeds", founder.cluster());
    child("c", "--seeds", founder.cluster());
    return children().stream().map(child -> child.awaitReady(START_MAX)).toList();
  }

  /** Where the nodes' logs are. */
  Path logs() {
    return logs;
  }

  /** The nodes that were started. */
  synchronized List<NodeChild> children() {
    return List.copyOf(children);
  }

  /**
   * Stops all nodes, and returns when none runs.
   *
   * @return what is wrong with how they ended, empty if nothing is
   */
  List<String> stop() {
    List<NodeChild> all;
    synchronized (this) {
      isClosed = true;
      all = List.copyOf(children);
    }
    all.forEach(NodeChild::terminate);
    long endNanos = System.nanoTime() + STOP_MAX.toNanos();
    List<String> wrong = new ArrayList<>();
    for (NodeChild child : all) {
      int code = child.awaitExit(Duration.ofNanos(Math.max(0, endNanos - System.nanoTime())));
      if (code != ExitCode.OK.number()) {
        wrong.add("node " + child.name() + " ended with code " + code);
      }
    }
    return wrong;
  }

  @Override
  public void close() {
    stop();
  }

  /** Removes the logs. */
  void removeLogs() {
    try (Stream<Path> files = Files.walk(logs)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new CommandException(
          ExitCode.FAILED, "The directory of the logs cannot be removed: " + logs, e);
    }
  }

  private synchronized NodeChild child(String name, String... options) {
    if (isClosed) {
      throw new CommandException(ExitCode.INTERRUPTED, "Interrupted");
    }
    List<String> arguments = new ArrayList<>(List.of("start", "--name", name));
    arguments.add("--stop-with-stdin");
    arguments.addAll(FREE_PORTS);
    arguments.addAll(List.of(options));
    NodeChild child =
        NodeChild.start(name, launch.command(arguments), logs.resolve("node-" + name + ".log"));
    children.add(child);
    return child;
  }
}
