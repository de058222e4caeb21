package io.shardgrid;

import io.shardgrid.autoscale.Actuator;
import io.shardgrid.autoscale.NodeProcess;
import io.shardgrid.autoscale.Provision;
import io.shardgrid.autoscale.ScaleOrder;
import io.shardgrid.key.MemberView;
import io.shardgrid.net.EventLoops;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.DoubleSupplier;

/** Grids of one test that start and end each other, all in this JVM, over real sockets. */
final class SelfStartedGrids implements Actuator, AutoCloseable {

  private final GridSettings settings;
  private final DoubleSupplier demand;
  private final Map<String, CompletableFuture<Grid>> byName = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<EventLoops> loops = new ConcurrentLinkedQueue<>();

  /** The orders that nodes were started for, each once for each node. */
  final List<Long> started = new ArrayList<>();

  /**
   * None yet.
   *
   * @param demand how many nodes are wanted
   */
  SelfStartedGrids(GridSettings settings, DoubleSupplier demand) {
    this.settings = settings;
    this.demand = demand;
  }

  /** Starts those with which the cluster begins. */
  List<Grid> found(String... names) {
    List<Grid> grids = new ArrayList<>();
    for (String name : names) {
      GridSettings own = settings.withExpect(grids.isEmpty() ? names.length : 1);
      grids.add(start(name, grids.isEmpty() ? own : own.withSeeds(seeds(grids))));
    }
    grids.forEach(grid -> grid.ready().toCompletableFuture().join());
    return grids;
  }

  private static List<String> seeds(List<Grid> grids) {
    return grids.stream().map(grid -> grid.self().address()).toList();
  }

  private Grid start(String name, GridSettings own) {
    EventLoops threads = EventLoops.start(1);
    loops.add(threads);
    CompletableFuture<Grid> self = new CompletableFuture<>();
    Grid grid =
        Grid.start(
            own.withName(name),
            threads,
            new NodeProcess(this, () -> self.thenAcceptAsync(Grid::close)),
            List.of());
    grid.gauge("demand", () -> demand.getAsDouble() / Math.max(1, grid.members().size()));
    self.complete(grid);
    byName.put(name, CompletableFuture.completedFuture(grid));
    return grid;
  }

  /** Those that have not been closed. */
  List<Grid> running() {
    return byName.values().stream()
        .filter(CompletableFuture::isDone)
        .map(CompletableFuture::join)
        .filter(grid -> !grid.terminated().toCompletableFuture().isDone())
        .toList();
  }

  @Override
  public String name() {
    return "test";
  }

  @Override
  public Leaver leaver() {
    return Leaver.ANY;
  }

  @Override
  public synchronized CompletionStage<Provision> carryOut(
      ScaleOrder order, List<MemberView> members) {
    List<String> seeds = members.stream().map(member -> member.id().address()).toList();
    for (int index = 0; index < order.nodes() - order.before(); index++) {
      String name = "auto-" + order.number() + "-" + index;
      if (byName.putIfAbsent(name, new CompletableFuture<>()) == null) {
        started.add(order.number());
        CompletableFuture.runAsync(() -> start(name, settings.withSeeds(seeds)));
      }
    }
    return CompletableFuture.completedStage(new Provision.Accepted("started=" + started));
  }

  @Override
  public void close() {
    byName.values().parallelStream()
        .filter(grid -> grid.isDone())
        .forEach(grid -> grid.join().closeNow());
    loops.forEach(EventLoops::close);
  }
}
