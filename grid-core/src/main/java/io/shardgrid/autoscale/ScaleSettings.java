package io.shardgrid.autoscale;

/** What an autoscaler is told. Immutable. */
public record ScaleSettings(
    Bounds bounds,
    ScalingBehavior behavior,
    Tolerance tolerance,
    DataRoom room,
    Patience patience) {}
