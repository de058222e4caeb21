package io.shardgrid.node.bench;

import io.shardgrid.node.cli.ExitCode;
import io.shardgrid.node.cli.Screen;
import java.util.function.BiFunction;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;

/** The options of a benchmark of nodes in processes of their own, and how it is run. */
final class NodesBench {

  @Mixin private NodesOptions nodes;

  @Mixin private DataOptions data = new DataOptions(100_000, 100);

  @Mixin private HeapOption memory;

  @Mixin private SpreadOptions inside;

  @Mixin private LoadOptions load;

  @Mixin private LevelOptions levels;

  @Mixin private CsvOption csv;

  @Mixin private SvgOption svg;

  /** With so many nodes unless said otherwise. */
  NodesBench(int nodes) {
    this.nodes = new NodesOptions(nodes);
  }

  /**
   * Measures.
   *
   * @param name of the benchmark
   * @param site how callers get at the nodes
   */
  ExitCode measure(
      CommandSpec spec, String name, int nodesMin, BiFunction<Spread, BenchNodes, Site> site) {
    nodes.check(spec, nodesMin);
    data.check(spec);
    memory.check(spec);
    inside.check(spec);
    load.check(spec);
    levels.check(spec);
    svg.check(spec);
    csv.open(spec, LoadRun.csvNames());
    Spread spread = nodes.spread(inside);
    LoadPlan plan =
        new LoadPlan(
            name, spread, load.volume(data), load.callersOutside(), load.schedule(levels.levels()));
    Screen screen = BenchCommand.screen(spec);
    BenchNodes started = new BenchNodes(spread.settings(), memory.heap, screen);
    return new LoadRun(plan, screen, csv, svg).measure(site.apply(spread, started));
  }
}
