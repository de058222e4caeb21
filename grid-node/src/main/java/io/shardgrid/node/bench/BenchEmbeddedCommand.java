package io.shardgrid.node.bench;

import io.shardgrid.node.child.StdinWatch;
import io.shardgrid.node.cli.CliCommand;
import io.shardgrid.node.cli.ExitCode;
import io.shardgrid.node.cli.Screen;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures a grid within the process that uses it. */
@Command(
    name = "embedded",
    description = {
      "Measures a grid of one node within the process that uses it, which is this one: its memory"
          + " is that of java -Xmx.",
      "First a closed loop tells what it can do; then an open loop asks for a part of that, each"
          + " operation when it is due, and latency counts from then. Callers do not sleep shortly"
          + " before; that processor time is not counted. Ends with code 0 only if no operation"
          + " failed."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  java -jar grid-node.jar bench embedded",
      "  java -jar grid-node.jar bench embedded --threads 1 --read 90 --svg latency.svg"
    })
final class BenchEmbeddedCommand implements CliCommand {

  @Spec private CommandSpec spec;

  @Mixin private DataOptions data = new DataOptions(100_000, 100);

  @Mixin private SpreadOptions inside;

  @Mixin private LoadOptions load;

  @Mixin private LevelOptions levels;

  @Mixin private CsvOption csv;

  @Mixin private SvgOption svg;

  @Option(
      names = "--stop-with-stdin",
      hidden = true,
      description = "End when standard input ends, as it does with the starting process.")
  private boolean stopsWithStdin;

  @Override
  public Set<ExitCode> exitCodes() {
    return BenchCommand.EXIT_CODES;
  }

  @Override
  public Integer call() {
    data.check(spec);
    inside.check(spec);
    load.check(spec);
    levels.check(spec);
    svg.check(spec);
    csv.open(spec, LoadRun.csvNames());
    if (stopsWithStdin) {
      StdinWatch.begin(ExitCode.INTERRUPTED);
    }
    Spread spread = new Spread(1, 0, inside.shards, inside.maps);
    LoadPlan plan =
        new LoadPlan(
            "embedded",
            spread,
            load.volume(data),
            load.callersInside(),
            load.schedule(levels.levels()));
    Screen screen = BenchCommand.screen(spec);
    return new LoadRun(plan, screen, csv, svg).measure(new EmbeddedSite(spread)).number();
  }
}
