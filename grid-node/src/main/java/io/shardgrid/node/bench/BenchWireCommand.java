package io.shardgrid.node.bench;

import io.shardgrid.node.cli.CliCommand;
import io.shardgrid.node.cli.ExitCode;
import io.shardgrid.node.cli.Screen;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Measures nodes that are asked over the network. */
@Command(
    name = "wire",
    description = {
      "Measures nodes in processes of their own that this one asks over the network, as its client.",
      "First a closed loop tells what it can do; then an open loop asks for a part of that, each"
          + " operation when it is due, and latency counts from then. Ends with code 0 only if no"
          + " operation failed."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  java -jar grid-node.jar bench wire",
      "  java -jar grid-node.jar bench wire --rate 20000 --time 30s --svg latency.svg"
    })
final class BenchWireCommand implements CliCommand {

  private static final int NODES_MIN = 1;

  @Spec private CommandSpec spec;

  @Mixin private NodesOptions nodes = new NodesOptions(1);

  @Mixin private DataOptions data = new DataOptions(100_000, 100);

  @Mixin private HeapOption memory;

  @Mixin private SpreadOptions inside;

  @Mixin private LoadOptions load;

  @Mixin private LevelOptions levels;

  @Mixin private CsvOption csv;

  @Mixin private SvgOption svg;

  @Override
  public Set<ExitCode> exitCodes() {
    return BenchCommand.EXIT_CODES;
  }

  @Override
  public Integer call() {
    nodes.check(spec, NODES_MIN);
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
            "wire",
            spread,
            load.volume(data),
            load.callersOutside(),
            load.schedule(levels.levels()));
    Screen screen = BenchCommand.screen(spec);
    BenchNodes started = new BenchNodes(spread.settings(), memory.heap, screen);
    return new LoadRun(plan, screen, csv, svg).measure(new WireSite(spread, started)).number();
  }
}
