package io.shardgrid.node.bench;

import io.shardgrid.node.cli.CliCommand;
import io.shardgrid.node.cli.DurationConverter;
import io.shardgrid.node.cli.ExitCode;
import io.shardgrid.node.cli.OptionBounds;
import io.shardgrid.node.cli.Screen;
import java.time.Duration;
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
          + " the median of the turns' ratios, and their quartiles."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  java -jar grid-node.jar bench features",
      "  java -jar grid-node.jar bench features --each --turns 11"
    })
final class BenchFeaturesCommand implements CliCommand {

  private static final int NODES_MAX = 8;
  private static final int IN_FLIGHT_MAX = 65_536;
  private static final int TURNS_MAX = 1_000;

  @Spec private CommandSpec spec;

  @Mixin private DataOptions data = new DataOptions(100_000, 100);

  @Mixin private HeapOption memory;

  @Option(
      names = "--nodes",
      paramLabel = "N",
      description = "Nodes of each cluster. Default: ${DEFAULT-VALUE}")
  private int nodes = 2;

  @Option(names = "--each", description = "Each feature by itself first, in clusters of its own.")
  private boolean isEach;

  @Option(
      names = "--in-flight",
      paramLabel = "N",
      description = "Operations at once. Default: ${DEFAULT-VALUE}")
  private int inFlight = 64;

  @Option(
      names = "--turns",
      paramLabel = "N",
      description = "Turns of each cluster and load. Default: ${DEFAULT-VALUE}")
  private int turns = 11;

  @Option(
      names = "--warm",
      paramLabel = "TIME",
      defaultValue = "15s",
      converter = DurationConverter.class,
      description = "How long to warm up with each load. Default: ${DEFAULT-VALUE}")
  private Duration warm = Duration.ZERO;

  @Option(
      names = "--time",
      paramLabel = "TIME",
      defaultValue = "3s",
      converter = DurationConverter.class,
      description = "How long a turn is. Default: ${DEFAULT-VALUE}")
  private Duration time = Duration.ZERO;

  @Override
  public Set<ExitCode> exitCodes() {
    return BenchCommand.EXIT_CODES;
  }

  @Override
  public Integer call() {
    data.check(spec);
    memory.check(spec);
    OptionBounds.require(spec, "--nodes", nodes, 1, NODES_MAX);
    OptionBounds.require(spec, "--in-flight", inFlight, 1, IN_FLIGHT_MAX);
    OptionBounds.require(spec, "--turns", turns, 1, TURNS_MAX);
    Screen screen = BenchCommand.screen(spec);
    FeatureCost cost =
        new FeatureCost(
            new FeatureCost.Plan(nodes, data.entries, data.valueBytes, inFlight, warm, time, turns),
            memory.heap,
            screen);
    screen.line(FeatureCost.heads());
    if (isEach) {
      for (Feature feature : Feature.values()) {
        cost.measure(EnumSet.of(feature));
      }
    }
    cost.measure(EnumSet.allOf(Feature.class));
    return ExitCode.OK.number();
  }
}
