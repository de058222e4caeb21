package io.shardgrid.node.bench;

import io.shardgrid.node.cli.DurationConverter;
import io.shardgrid.node.cli.OptionBounds;
import java.time.Duration;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** The options about two clusters that are loaded by turns in a closed loop. */
final class TurnOptions {

  private static final int IN_FLIGHT_MAX = 65_536;
  private static final int ROUNDS_MAX = 100;

  @Option(
      names = "--in-flight",
      paramLabel = "N",
      description = "Operations at once. Default: ${DEFAULT-VALUE}")
  int inFlight;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "How often both are measured, by turns. Default: ${DEFAULT-VALUE}")
  int rounds;

  @Option(
      names = "--warm",
      paramLabel = "TIME",
      defaultValue = "30s",
      converter = DurationConverter.class,
      description = "How long to warm up before. Default: ${DEFAULT-VALUE}")
  Duration warm = Duration.ZERO;

  @Option(
      names = "--time",
      paramLabel = "TIME",
      defaultValue = "10s",
      converter = DurationConverter.class,
      description = "How long to measure. Default: ${DEFAULT-VALUE}")
  Duration time = Duration.ZERO;

  /** Unless said otherwise, so many operations at once and so many rounds. */
  TurnOptions(int inFlight, int rounds) {
    this.inFlight = inFlight;
    this.rounds = rounds;
  }

  /** Refuses what makes no sense. */
  void check(CommandSpec spec) {
    OptionBounds.require(spec, "--in-flight", inFlight, 1, IN_FLIGHT_MAX);
    OptionBounds.require(spec, "--rounds", rounds, 1, ROUNDS_MAX);
  }
}
