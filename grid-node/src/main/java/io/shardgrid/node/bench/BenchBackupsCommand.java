package io.shardgrid.node.bench;

import io.shardgrid.node.cli.CliCommand;
import io.shardgrid.node.cli.DurationConverter;
import io.shardgrid.node.cli.ExitCode;
import io.shardgrid.node.cli.OptionBounds;
import io.shardgrid.node.cli.Screen;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.stream.DoubleStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures what backups cost. */
@Command(
    name = "backups",
    description = {
      "Measures what a backup costs: the writes of two nodes with one backup and without, loaded"
          + " from a third process, and what they send to each other for a write."
    },
    footerHeading = "%nExamples:%n",
    footer = "  java -jar grid-node.jar bench backups --value 100 --rounds 3")
final class BenchBackupsCommand implements CliCommand {

  private static final int IN_FLIGHT_MAX = 65_536;
  private static final int ROUNDS_MAX = 100;

  @Spec private CommandSpec spec;

  @Mixin private DataOptions data;

  @Mixin private HeapOption memory;

  @Option(
      names = "--in-flight",
      paramLabel = "N",
      description = "Writes at once. Default: ${DEFAULT-VALUE}")
  private int inFlight = 256;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "How often both are measured, by turns. Default: ${DEFAULT-VALUE}")
  private int rounds = 1;

  @Option(
      names = "--warm",
      paramLabel = "TIME",
      defaultValue = "30s",
      converter = DurationConverter.class,
      description = "How long to warm up before. Default: ${DEFAULT-VALUE}")
  private Duration warm = Duration.ZERO;

  @Option(
      names = "--time",
      paramLabel = "TIME",
      defaultValue = "10s",
      converter = DurationConverter.class,
      description = "How long to measure. Default: ${DEFAULT-VALUE}")
  private Duration time = Duration.ZERO;

  @Override
  public Set<ExitCode> exitCodes() {
    return BenchCommand.EXIT_CODES;
  }

  @Override
  public Integer call() {
    data.check(spec);
    memory.check(spec);
    OptionBounds.require(spec, "--in-flight", inFlight, 1, IN_FLIGHT_MAX);
    OptionBounds.require(spec, "--rounds", rounds, 1, ROUNDS_MAX);
    Screen screen = BenchCommand.screen(spec);
    BackupCost cost =
        new BackupCost(
            new BackupCost.Plan(data.entries, data.valueBytes, inFlight, warm, time),
            memory.heap,
            screen);
    screen.line(BackupCost.heads());
    double[] ratios = DoubleStream.generate(() -> cost.measure(1)).limit(rounds).sorted().toArray();
    screen.line(
        String.format(Locale.ROOT, "  median     %12.2f of the writes", ratios[rounds / 2]));
    return ExitCode.OK.number();
  }
}
