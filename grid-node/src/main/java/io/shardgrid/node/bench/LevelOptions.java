package io.shardgrid.node.bench;

import io.shardgrid.node.cli.OptionBounds;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** The options about how much an open loop asks for. */
final class LevelOptions {

  private static final int PERCENT_MAX = 100;
  private static final int RATE_MAX = 10_000_000;

  @Option(
      names = "--load",
      paramLabel = "PERCENT",
      split = ",",
      description =
          "Loads of the open loop, in hundredths of what the closed loop did just before. Default:"
              + " 10,50,90")
  private List<Integer> percents = List.of(10, 50, 90);

  @Option(
      names = "--rate",
      paramLabel = "N",
      description = "Instead: the load of the open loop, in operations a second.")
  private int rate;

  /** Refuses what makes no sense. */
  void check(CommandSpec spec) {
    OptionBounds.require(spec, "--rate", rate, 0, RATE_MAX);
    for (int percent : percents) {
      OptionBounds.require(spec, "--load", percent, 1, PERCENT_MAX);
    }
  }

  Levels levels() {
    return new Levels(rate, percents);
  }
}
