package io.shardgrid.autoscale;

import java.time.Duration;
import java.util.stream.Stream;

/** How fast the size may change, up and down. Immutable. */
public record ScalingBehavior(ScalingRules up, ScalingRules down) {

  /** What holds unless somebody says otherwise. */
  public static final ScalingBehavior DEFAULT =
      new ScalingBehavior(ScalingRules.UP, ScalingRules.DOWN);

  /** The stabilisation windows of both directions. */
  public StabilizationWindows windows() {
    return new StabilizationWindows(up.stabilization(), down.stabilization());
  }

  /** How long a history is of use. */
  public Duration longest() {
    return Stream.concat(
            Stream.of(up.stabilization(), down.stabilization()),
            Stream.concat(up.policies().stream(), down.policies().stream())
                .map(ScalingPolicy::period))
        .max(Duration::compareTo)
        .orElse(Duration.ZERO);
  }
}
