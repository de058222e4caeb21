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

/** Measures what a mirror costs production. */
@Command(
    name = "mirror",
    description = {
      "Measures what a mirror costs production: four reads and a write, again and again, at a fixed"
          + " rate, through a client of production alone and through a mirror with a canary, by turns."
          + " Times count from when an operation was due.",
      "Canary, production and load share the machine, so the canary's work is in it: with clusters of"
          + " their own it is less."
    },
    footerHeading = "%nExamples:%n",
    footer = "  java -jar grid-node.jar bench mirror --rate 2000 --rounds 11")
final class BenchMirrorCommand implements CliCommand {

  private static final int NODES_MAX = 5;
  private static final int RATE_MAX = 1_000_000;
  private static final int CALLERS_MAX = 256;
  private static final int ROUNDS_MAX = 100;

  @Spec private CommandSpec spec;

  @Mixin private DataOptions data = new DataOptions(10_000, 100);

  @Mixin private HeapOption memory;

  @Option(
      names = "--nodes",
      paramLabel = "N",
      description = "Nodes of each cluster. Default: ${DEFAULT-VALUE}")
  private int nodes = 1;

  @Option(
      names = "--rate",
      paramLabel = "N",
      description = "Operations a second. Default: ${DEFAULT-VALUE}")
  private int rate = 2_000;

  @Option(
      names = "--callers",
      paramLabel = "N",
      description = "Threads that wait for each of theirs. Default: ${DEFAULT-VALUE}")
  private int callers = 4;

  @Option(
      names = "--warm",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description = "How long to warm up each way. Default: 10s")
  private Duration warm = Duration.ofSeconds(10);

  @Option(
      names = "--time",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description = "How long a turn is. Default: 5s")
  private Duration time = Duration.ofSeconds(5);

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "Turns of each way. Default: ${DEFAULT-VALUE}")
  private int rounds = 7;

  @Override
  public Set<ExitCode> exitCodes() {
    return BenchCommand.EXIT_CODES;
  }

  @Override
  public Integer call() throws InterruptedException {
    data.check(spec);
    memory.check(spec);
    OptionBounds.require(spec, "--nodes", nodes, 1, NODES_MAX);
    OptionBounds.require(spec, "--rate", rate, 1, RATE_MAX);
    OptionBounds.require(spec, "--callers", callers, 1, CALLERS_MAX);
    OptionBounds.require(spec, "--rounds", rounds, 1, ROUNDS_MAX);
    Screen screen = BenchCommand.screen(spec);
    new MirrorCost(
            new MirrorCost.Plan(
                nodes, data.entries, data.valueBytes, rate, callers, warm, time, rounds),
            memory.heap,
            screen)
        .measure();
    return ExitCode.OK.number();
  }
}
