package io.shardgrid.node.drill;

import io.shardgrid.client.GridClient;
import io.shardgrid.key.NodeId;
import io.shardgrid.node.child.ChildCluster;
import io.shardgrid.node.child.NodeChild;
import io.shardgrid.node.child.Redundancy;
import io.shardgrid.node.child.Surroundings;
import io.shardgrid.node.cli.ClusterPage;
import io.shardgrid.node.cli.CommandException;
import io.shardgrid.node.cli.ExitCode;
import io.shardgrid.node.cli.NodeAddresses;
import io.shardgrid.node.cli.ScalingPage;
import io.shardgrid.node.network.BreakableNetwork;
import io.shardgrid.node.network.Relay;
import io.shardgrid.node.provision.StartedNodes;
import io.shardgrid.wire.Topology;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What a drill acts on: the running nodes, a client, the load, and the list of what has to hold.
 *
 * <p>Confined to one thread, which it blocks.
 */
final class Scene {

  /** How long a cluster may take to have all copies again. */
  static final Duration RECOVERY_MAX = Duration.ofSeconds(90);

  /** An order starts one JVM after the other, on a machine that this drill keeps busy. */
  private static final Duration ORDER_MAX = Duration.ofMinutes(4);

  private static final Duration START_MAX = Duration.ofSeconds(90);
  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long PEEK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private final Teller teller;
  private final int drill;
  private final ChildCluster cluster;
  private final GridClient client;
  private final RecordedLoad load;
  private final Setup setup;
  private final Surroundings surroundings;
  private final List<Demand> demands = new ArrayList<>();
  private long struckNanos;
  private boolean isStruck;

  /** Something that has to hold. */
  record Demand(boolean holds, String text) {}

  Scene(
      Teller teller,
      Drill drill,
      ChildCluster cluster,
      GridClient client,
      RecordedLoad load,
      Surroundings surroundings) {
    this.teller = teller;
    this.drill = drill.number();
    this.cluster = cluster;
    this.client = client;
    this.load = load;
    this.setup = drill.setup();
    this.surroundings = surroundings;
  }

  GridClient client() {
    return client;
  }

  RecordedLoad load() {
    return load;
  }

  /** The network of the nodes, of a drill that has one. */
  BreakableNetwork network() {
    return (BreakableNetwork) surroundings;
  }

  /** The relay between the nodes, of a drill that has one. */
  Relay relay() {
    return (Relay) surroundings;
  }

  int shards() {
    return client.topology().charter().shards();
  }

  /** The latest node of this name. */
  NodeChild node(String name) {
    return cluster.children().stream()
        .filter(child -> child.name().equals(name))
        .reduce((earlier, later) -> later)
        .orElseThrow();
  }

  /** The nodes that serve. */
  List<NodeChild> serving() {
    return cluster.children().stream().filter(child -> child.serving().isPresent()).toList();
  }

  /** The name of a member. */
  String nameOf(NodeId id) {
    return client.topology().members().stream()
        .filter(member -> member.id().equals(id))
        .findFirst()
        .orElseThrow()
        .name();
  }

  /** The fault happens now. What counts is the first time. */
  void struck(String what) {
    if (!isStruck) {
      struckNanos = System.nanoTime();
      isStruck = true;
    }
    note(what);
  }

  /** When the fault happened; now if none has yet. */
  long struckNanos() {
    return isStruck ? struckNanos : System.nanoTime();
  }

  /** Kills a node as a crash would. */
  void kill(String name) {
    struck("kill -9 of node " + name);
    if (cluster.children().stream().anyMatch(child -> child.name().equals(name))) {
      node(name).kill();
    } else {
      StartedNodes.named(Setup.started(cluster.logs()), name)
          .orElseThrow(() -> new CommandException(ExitCode.FAILED, "No such node runs: " + name))
          .destroyForcibly();
    }
  }

  /**
   * Waits until the autoscaler says something, for {@link #ORDER_MAX} at most. Returns what it
   * said; empty if it did not, which is one of the things that have to hold.
   */
  Optional<ScalingPage> awaitScaling(String what, Predicate<ScalingPage> isSo) {
    long endNanos = System.nanoTime() + ORDER_MAX.toNanos();
    while (System.nanoTime() - endNanos < 0) {
      Optional<ScalingPage> page = answer(address -> ScalingPage.fetch(address, 1)).filter(isSo);
      if (page.isPresent()) {
        note(what);
        return page;
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
    demand(false, what + ": not within " + ORDER_MAX.toSeconds() + " s");
    return Optional.empty();
  }

  /** Starts a further node, and does not wait for it. */
  NodeChild join(String name) {
    String seed =
        serving().stream()
            .map(NodeChild::serving)
            .flatMap(Optional::stream)
            .map(NodeAddresses::cluster)
            .findFirst()
            .orElseThrow(() -> new CommandException(ExitCode.FAILED, "No node serves any more"));
    return cluster.join(name, seed);
  }

  /** Waits until a node serves. */
  void awaitReady(NodeChild node) {
    node.awaitReady(START_MAX);
    note("node " + node.name() + " serves");
  }

  /** Demands that a node that was asked to end does so with code 0. */
  void awaitOrderlyEnd(String name) {
    OptionalInt code = awaitExit(name, RECOVERY_MAX);
    demand(
        code.isPresent() && code.getAsInt() == ExitCode.OK.number(),
        "node "
            + name
            + (code.isPresent()
                ? " ended with code " + code.getAsInt()
                : " has not ended in time"));
  }

  /** The exit code of a node; empty if it has not ended in time. */
  OptionalInt awaitExit(String name, Duration max) {
    try {
      Process process = node(name).onExit().get(max.toMillis(), TimeUnit.MILLISECONDS);
      note("node " + name + " ended with code " + process.exitValue());
      return OptionalInt.of(process.exitValue());
    } catch (TimeoutException e) {
      return OptionalInt.empty();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandException(ExitCode.INTERRUPTED, "Interrupted", e);
    }
  }

  /** Demands that so many members soon have every shard and all its backups. */
  void awaitWhole(int members) {
    await(
        "every shard and all backups on " + members + " nodes",
        page -> Redundancy.isWhole(page, members, setup.backups()));
  }

  /** The same, when nodes have to be started first. Returns whether they have it. */
  boolean awaitGrown(int members) {
    return await(
        "every shard and all backups on " + members + " nodes",
        ORDER_MAX,
        page -> Redundancy.isWhole(page, members, setup.backups()));
  }

  /** Demands that they soon are spread evenly, too. */
  void awaitBalanced(int members) {
    await(
        "every shard and all backups, spread evenly over " + members + " nodes",
        page -> Redundancy.isBalanced(page, members, setup.backups()));
  }

  /**
   * Demands that the cluster's page says something within {@link #RECOVERY_MAX}. Returns whether it
   * did.
   */
  boolean await(String what, Predicate<ClusterPage> isSo) {
    return await(what, RECOVERY_MAX, isSo);
  }

  private boolean await(String what, Duration within, Predicate<ClusterPage> isSo) {
    long fromNanos = struckNanos();
    long endNanos = System.nanoTime() + within.toNanos();
    Optional<ClusterPage> page = page();
    while (!page.map(isSo::test).orElse(false)) {
      if (System.nanoTime() - endNanos >= 0) {
        page.ifPresent(last -> last.table().forEach(this::detail));
        demand(false, what + ": not within " + within.toSeconds() + " s");
        return false;
      }
      LockSupport.parkNanos(POLL_NANOS);
      page = page();
    }
    String took = seconds(System.nanoTime() - fromNanos);
    demand(true, what + ": " + (isStruck ? took + " after the fault" : "in " + took));
    note(what);
    return true;
  }

  /**
   * Waits until what the client is told of the cluster says something, for {@link #RECOVERY_MAX} at
   * most: sooner than a page, which waits for members that do not answer. Returns what it was.
   */
  Topology awaitTopology(Predicate<Topology> isSo) {
    long endNanos = System.nanoTime() + RECOVERY_MAX.toNanos();
    Topology known = client.topology();
    while (!isSo.test(known) && System.nanoTime() - endNanos < 0) {
      LockSupport.parkNanos(PEEK_NANOS);
      known = client.topology();
    }
    return known;
  }

  /** The page of the first node that answers. */
  Optional<ClusterPage> page() {
    return answer(ClusterPage::fetch);
  }

  /** What the first node that answers says, of those that this process has started. */
  private <T> Optional<T> answer(Function<String, T> question) {
    for (NodeChild child : serving()) {
      try {
        return child.serving().map(addresses -> question.apply(addresses.http()));
      } catch (CommandException e) {
        if (e.exitCode() == ExitCode.INTERRUPTED) {
          throw e;
        }
      }
    }
    return Optional.empty();
  }

  /** Something has to hold, and does or does not. */
  void demand(boolean holds, String text) {
    demands.add(new Demand(holds, text));
  }

  /** What has to hold. */
  List<Demand> demands() {
    return List.copyOf(demands);
  }

  /** Tells what happens, and when. */
  void note(String text) {
    Long after = isStruck ? System.nanoTime() - struckNanos : null;
    teller.tell(DrillLine.note(drill, after, text));
  }

  private void detail(String text) {
    teller.tell(DrillLine.detail(drill, text));
  }

  static String seconds(long nanos) {
    return String.format(Locale.ROOT, "%.1f s", nanos / 1e9);
  }
}
