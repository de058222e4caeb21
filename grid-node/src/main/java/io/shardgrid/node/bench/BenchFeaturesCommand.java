package io.shardgrid.node.bench;

import io.shardgrid.node.cli.CliCommand;
import io.shardgrid.node.cli.ExitCode;
import io.shardgrid.node.cli.OptionBounds;
import io.shardgrid.node.cli.Screen;
import java.util.EnumSet;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures what features cost. */
@Command(
    name = "features",
    description = {
      "Measures what meters, traces of one operation in a hundred, TLS and users cost together:"
          + " a cluster with all of them and one without any are loaded from this process by turns.",
      "Compared are operations a second, and the processor time of an operation in nodes and client:"
          + " the median of the turns' ratios; and of several pairs of clusters the median, the"
          + " least and the most of that.",
      "The line of none compares clusters that do the same: what it is away from 1, others may be"
          + " by chance."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  java -jar grid-node.jar bench features",
      "  java -jar grid-node.jar bench features --each --warm 10s --time 2s --pairs 5"
    })
final class BenchFeaturesCommand implements CliCommand {

  private static final int NODES_MAX = 8;
  private static final int PAIRS_MAX = 100;

  @Spec private CommandSpec spec;

  @Mixin private DataOptions data = new DataOptions(100_000, 100);

  @Mixin private HeapOption memory;

  @Option(
      names = "--nodes",
      paramLabel = "N",
      description = "Nodes of each cluster. Default: ${DEFAULT-VALUE}")
  private int nodes = 2;

  @Option(
      names = "--pairs",
      paramLabel = "N",
      description =
          "Pairs of clusters for each line, one after the other. Default: ${DEFAULT-VALUE}")
  private int pairs = 3;

  @Option(names = "--each", description = "Each feature by itself first, in clusters of its own.")
  private boolean isEach;

  @Mixin private TurnOptions turns = new TurnOptions(64, 7);

  @Override
  public Set<ExitCode> exitCodes() {
    return BenchCommand.EXIT_CODES;
  }

  @Override
  public Integer call() {
    data.check(spec);
    memory.check(spec);
    OptionBounds.require(spec, "--nodes", nodes, 1, NODES_MAX);
    OptionBounds.require(spec, "--pairs", pairs, 1, PAIRS_MAX);
    turns.check(spec);
    Screen screen = BenchCommand.screen(spec);
    FeatureCost cost =
        new FeatureCost(
            new FeatureCost.Plan(
                nodes,
                data.entries,
                data.valueBytes,
                turns.inFlight,
                turns.warm,
                turns.time,
                turns.rounds,
                pairs),
            memory.heap,
            screen);
    screen.line(FeatureCost.heads());
    cost.measure(EnumSet.noneOf(Feature.class));
    if (isEach) {
      for (Feature feature : Feature.values()) {
        cost.measure(EnumSet.of(feature));
      }
    }
    cost.measure(EnumSet.allOf(Feature.class));
    return ExitCode.OK.number();
  }
}
