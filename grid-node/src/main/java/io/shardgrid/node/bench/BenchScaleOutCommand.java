package io.shardgrid.node.bench;

import io.shardgrid.node.cli.CliCommand;
import io.shardgrid.node.cli.DurationConverter;
import io.shardgrid.node.cli.ExitCode;
import io.shardgrid.node.cli.OptionBounds;
import io.shardgrid.node.cli.Screen;
import java.time.Duration;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures what a load sees while a cluster gets a further node. */
@Command(
    name = "scale-out",
    description = {
      "Measures what a load sees while a cluster gets a further node: before, during, after.",
      "Operations are sent when they are due, half of them reads and half writes, however late"
          + " answers are, and latency counts from when they were due. Ends with code 0 only if none"
          + " failed."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  java -jar grid-node.jar bench scale-out --rate 8200",
      "  java -jar grid-node.jar bench scale-out --nodes 3 --entries 1000000"
    })
final class BenchScaleOutCommand implements CliCommand {

  private static final int RATE_MAX = 1_000_000;

  @Spec private CommandSpec spec;

  @Mixin private NodesOptions nodes;

  @Mixin private DataOptions data;

  @Mixin private HeapOption memory;

  @Mixin private CsvOption csv;

  @Mixin private SvgOption svg;

  @Option(
      names = "--rate",
      paramLabel = "N",
      description = "Operations a second; 0, the default, for half of what the cluster can do.")
  private int rate;

  @Option(
      names = "--calm",
      paramLabel = "TIME",
      defaultValue = "15s",
      converter = DurationConverter.class,
      description = "How long to watch before and after. Default: ${DEFAULT-VALUE}")
  private Duration calm = Duration.ZERO;

  @Option(
      names = "--each-second",
      description = "Show each second from the start of the further node on, too.")
  private boolean isEachSecondShown;

  @Override
  public Set<ExitCode> exitCodes() {
    return BenchCommand.EXIT_CODES;
  }

  @Override
  public Integer call() {
    nodes.check(spec, 1);
    data.check(spec);
    memory.check(spec);
    OptionBounds.require(spec, "--rate", rate, 0, RATE_MAX);
    svg.check(spec);
    csv.open(spec, GrowthRows.names());
    Screen screen = BenchCommand.screen(spec);
    Growth.Plan plan =
        new Growth.Plan(nodes.nodes, data.entries, data.valueBytes, rate, calm, isEachSecondShown);
    Growth.Result result =
        new Growth(plan, screen).measure(new GridRig(nodes.backups, memory.heap, screen));
    new GrowthRows(plan, result).rows().forEach(csv::row);
    svg.draw(() -> Growth.chart(plan, result));
    return (result.failures() == 0 ? ExitCode.OK : ExitCode.FAILED).number();
  }
}
