package io.shardgrid.node.child;

import io.shardgrid.node.cli.CommandException;
import io.shardgrid.node.cli.Directory;
import io.shardgrid.node.cli.ExitCode;
import io.shardgrid.node.cli.NodeAddresses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Nodes of one cluster in processes of their own, with their logs in a directory of their own.
 * {@link #close} leaves no process behind.
 *
 * <p>Thread-safe: a shutdown hook may close it at any time.
 */
public final class ChildCluster implements AutoCloseable {

  private static final String HEAP = "512m";
  private static final Duration START_MAX = Duration.ofSeconds(60);
  private static final Duration STOP_MAX = Duration.ofSeconds(30);

  private final NodeLaunch launch;
  private final Path logs;
  private final List<String> options;
  private final Surroundings surroundings;
  private final List<NodeChild> children = new ArrayList<>();
  private boolean isClosed;

  private ChildCluster(
      NodeLaunch launch, Path logs, List<String> options, Surroundings surroundings) {
    this.launch = launch;
    this.logs = logs;
    this.options = options;
    this.surroundings = surroundings;
  }

  /**
   * Prepares a cluster without nodes, for little data.
   *
   * @param purpose what it is for, a part of the name of its directory
   * @param settings HOCON that every node reads, empty for none
   * @param surroundings where the nodes run; closed when they have stopped
   */
  public static ChildCluster prepare(String purpose, String settings, Surroundings surroundings) {
    return prepare(purpose, HEAP, settings, surroundings);
  }

  /**
   * The same for more data.
   *
   * @param heap most memory for a node's objects, as Java's {@code -Xmx} takes it
   */
  public static ChildCluster prepare(
      String purpose, String heap, String settings, Surroundings surroundings) {
    return prepare(purpose, NodeLaunch.ofThisProgram(heap), directory -> settings, surroundings);
  }

  /**
   * The same for settings that name the directory of the cluster.
   *
   * @param launch how a node is started
   * @param settings HOCON that every node reads, empty for none, for that directory
   */
  public static ChildCluster prepare(
      String purpose,
      NodeLaunch launch,
      Function<Path, String> settings,
      Surroundings surroundings) {
    try {
      Path directory = Files.createTempDirectory("shardgrid-" + purpose + "-");
      List<String> options = List.of();
      String text = settings.apply(directory);
      if (!text.isEmpty()) {
        Path file = Files.writeString(directory.resolve("nodes.conf"), text);
        options = List.of("--config", file.toString());
      }
      return new ChildCluster(launch, directory, options, surroundings);
    } catch (IOException e) {
      throw new CommandException(
          ExitCode.FAILED, "No directory for the logs can be made: " + e.getMessage(), e);
    }
  }

  /** Starts the first nodes, named a, b and so on, and returns when all of them serve. */
  public List<NodeAddresses> start(int nodes) {
    NodeAddresses founder =
        child("a", "--found", "--expect", Integer.toString(nodes)).awaitUp(START_MAX);
    for (int node = 1; node < nodes; node++) {
      join(Character.toString('a' + node), founder.cluster());
    }
    return children().stream().map(child -> child.awaitReady(START_MAX)).toList();
  }

  /**
   * Starts a further node, and does not wait for it.
   *
   * @param seed cluster address of a member
   */
  public NodeChild join(String name, String seed) {
    return child(name, "--seeds", seed);
  }

  /** Where the nodes' logs are. */
  public Path logs() {
    return logs;
  }

  /** The nodes that were started. */
  public synchronized List<NodeChild> children() {
    return List.copyOf(children);
  }

  /**
   * Stops all nodes, and returns when none runs.
   *
   * @return what is wrong with how they ended, empty if nothing is
   */
  public List<String> stop() {
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
    surroundings.close();
    return wrong;
  }

  /** Ends all nodes at once, and returns when none runs. */
  public void kill() {
    List<NodeChild> all;
    synchronized (this) {
      isClosed = true;
      all = List.copyOf(children);
    }
    all.forEach(NodeChild::kill);
    all.forEach(child -> child.awaitExit(STOP_MAX));
    surroundings.close();
  }

  @Override
  public void close() {
    stop();
  }

  /** Removes the logs. */
  public void removeLogs() {
    try {
      Directory.remove(logs);
    } catch (IOException e) {
      throw new CommandException(
          ExitCode.FAILED, "The directory of the logs cannot be removed: " + logs, e);
    }
  }

  private synchronized NodeChild child(String name, String... own) {
    if (isClosed) {
      throw new CommandException(ExitCode.INTERRUPTED, "Interrupted");
    }
    List<String> arguments = new ArrayList<>(List.of("start", "--name", name));
    arguments.add("--stop-with-stdin");
    arguments.addAll(surroundings.options(name));
    arguments.addAll(options);
    arguments.addAll(List.of(own));
    List<String> command = new ArrayList<>(surroundings.prefix(name));
    command.addAll(launch.command(arguments));
    NodeChild child = NodeChild.start(name, command, logs.resolve("node-" + name + ".log"));
    children.add(child);
    return child;
  }
}
