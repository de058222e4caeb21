package io.shardgrid.node.autoscale;

import io.shardgrid.autoscale.Bounds;
import io.shardgrid.autoscale.DataRoom;
import io.shardgrid.autoscale.Patience;
import io.shardgrid.autoscale.ScaleSettings;
import io.shardgrid.autoscale.ScalingBehavior;
import io.shardgrid.autoscale.ScalingRules;
import io.shardgrid.autoscale.Tolerance;
import io.shardgrid.node.cli.DurationConverter;
import io.shardgrid.node.cli.OptionBounds;
import java.math.BigDecimal;
import java.time.Duration;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** The options about a policy. */
final class PolicyOptions {

  private static final int NODES_MAX = 1_000;
  private static final int HIGH_WATER_PERCENT = 80;
  private static final Duration GAP = Duration.ofMinutes(5);
  private static final Duration INTERVAL_MAX = Duration.ofMinutes(5);

  @Option(
      names = "--target",
      paramLabel = "PERCENT",
      defaultValue = "60",
      description = "How busy nodes should be, 1 to 100. Default: ${DEFAULT-VALUE}")
  private int target;

  @Option(
      names = "--tolerance",
      paramLabel = "SHARE",
      defaultValue = "0.1",
      description =
          "How far from the target nothing is changed, as a share of it. Default: ${DEFAULT-VALUE}")
  private BigDecimal tolerance = BigDecimal.ZERO;

  @Option(
      names = "--min",
      paramLabel = "N",
      defaultValue = "1",
      description = "Fewest nodes, 1 to 1000. Default: ${DEFAULT-VALUE}")
  private int min;

  @Option(
      names = "--max",
      paramLabel = "N",
      defaultValue = "20",
      description = "Most nodes, up to 1000. Default: ${DEFAULT-VALUE}")
  private int max;

  @Option(
      names = "--up-window",
      paramLabel = "TIME",
      defaultValue = "off",
      converter = WindowConverter.class,
      description =
          "How long more nodes must have been asked for before they are started, or off. Default:"
              + " ${DEFAULT-VALUE}")
  private Duration upWindow = Duration.ZERO;

  @Option(
      names = "--down-window",
      paramLabel = "TIME",
      defaultValue = "5m",
      converter = WindowConverter.class,
      description =
          "How long fewer nodes must have been asked for before one goes, or off. Default:"
              + " ${DEFAULT-VALUE}")
  private Duration downWindow = Duration.ZERO;

  @Option(
      names = "--warm-up",
      paramLabel = "TIME",
      defaultValue = "60s",
      converter = WindowConverter.class,
      description = "How long a new member counts as not ready, or off. Default: ${DEFAULT-VALUE}")
  private Duration warmUp = Duration.ZERO;

  @Option(
      names = "--interval",
      paramLabel = "TIME",
      defaultValue = "15s",
      converter = DurationConverter.class,
      description = "Time between two decisions, 1s to 5m. Default: ${DEFAULT-VALUE}")
  private Duration interval = Duration.ZERO;

  /** Refuses what makes no sense. */
  void check(CommandSpec spec) {
    OptionBounds.require(spec, "--target", target, 1, 100);
    OptionBounds.require(spec, "--min", min, 1, NODES_MAX);
    OptionBounds.require(spec, "--max", max, min, NODES_MAX);
    OptionBounds.require(
        spec,
        "--interval in seconds",
        (int) Math.min(Integer.MAX_VALUE, interval.toSeconds()),
        1,
        (int) INTERVAL_MAX.toSeconds());
  }

  int target() {
    return target;
  }

  Duration interval() {
    return interval;
  }

  /** What the policy is told. */
  ScaleSettings settings(int copies) {
    ScalingRules up =
        new ScalingRules(ScalingRules.UP.select(), upWindow, ScalingRules.UP.policies());
    ScalingRules down =
        new ScalingRules(ScalingRules.DOWN.select(), downWindow, ScalingRules.DOWN.policies());
    return new ScaleSettings(
        new Bounds(min, max),
        new ScalingBehavior(up, down),
        Tolerance.of(tolerance),
        new DataRoom(copies, HIGH_WATER_PERCENT),
        new Patience(warmUp, Patience.DEFAULT.readingAge(), GAP, Duration.ZERO));
  }
}
