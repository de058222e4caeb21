package io.shardgrid.node.bench;

import io.shardgrid.node.cli.DurationConverter;
import io.shardgrid.node.cli.OptionBounds;
import java.time.Duration;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options about what is asked of a grid, by whom, and for how long. */
final class LoadOptions {

  private static final int PERCENT_MAX = 100;
  private static final int THREADS_MAX = 1_024;
  private static final int IN_FLIGHT_MAX = 65_536;
  private static final int ROUNDS_MAX = 100;
  private static final int IN_FLIGHT = 256;

  @Option(
      names = "--read",
      paramLabel = "PERCENT",
      description = "So many of a hundred operations read. Default: ${DEFAULT-VALUE}")
  int readPercent = 50;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description =
          "Callers that wait for each answer. Default within the process of the data: one a"
              + " processor")
  int threads;

  @Option(
      names = "--in-flight",
      paramLabel = "N",
      description =
          "Instead: one caller that does not wait, with so many operations at once in the closed"
              + " loop. Default where there is a network: 256")
  int inFlight;

  @Option(
      names = "--warm",
      paramLabel = "TIME",
      defaultValue = "15s",
      converter = DurationConverter.class,
      description = "How long to warm up before. Default: ${DEFAULT-VALUE}")
  Duration warm = Duration.ZERO;

  @Option(
      names = "--time",
      paramLabel = "TIME",
      defaultValue = "10s",
      converter = DurationConverter.class,
      description = "How long to measure each load. Default: ${DEFAULT-VALUE}")
  Duration time = Duration.ZERO;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description =
          "How often all is measured; above 1 the medians are shown. Default: ${DEFAULT-VALUE}")
  int rounds = 1;

  /** Refuses what makes no sense. */
  void check(CommandSpec spec) {
    OptionBounds.require(spec, "--read", readPercent, 0, PERCENT_MAX);
    OptionBounds.require(spec, "--threads", threads, 0, THREADS_MAX);
    OptionBounds.require(spec, "--in-flight", inFlight, 0, IN_FLIGHT_MAX);
    OptionBounds.require(spec, "--rounds", rounds, 1, ROUNDS_MAX);
    if (threads > 0 && inFlight > 0) {
      throw new ParameterException(
          spec.commandLine(), "--threads, --in-flight: callers either wait or do not, name one");
    }
  }

  private boolean isDefault() {
    return threads == 0 && inFlight == 0;
  }

  /** Callers in the process of the data, who carry operations out themselves if they can. */
  CallerKind callersInside() {
    int waiting = isDefault() ? Runtime.getRuntime().availableProcessors() : threads;
    return new CallerKind(waiting, inFlight, Pace.Rest.SPIN);
  }

  /** Callers who share the processors with nodes that they wait for. */
  CallerKind callersOutside() {
    return new CallerKind(threads, isDefault() ? IN_FLIGHT : inFlight, Pace.Rest.SLEEP);
  }

  LoadPlan.Volume volume(DataOptions data) {
    return new LoadPlan.Volume(data.entries, data.valueBytes, readPercent);
  }

  LoadPlan.Schedule schedule(Levels levels) {
    return new LoadPlan.Schedule(warm, time, rounds, levels);
  }
}
