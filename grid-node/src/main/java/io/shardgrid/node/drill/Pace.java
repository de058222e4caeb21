package io.shardgrid.node.drill;

import java.time.Duration;

/**
 * How fast a drill goes. Immutable.
 *
 * @param rate operations a second
 * @param calm how long the load is watched before the fault, and after the cluster has recovered
 */
record Pace(int rate, Duration calm) {}
