package io.shardgrid.node.bench;

import java.time.Duration;

/**
 * Callers of one kind, who load a grid for a while.
 *
 * <p>Confined to one thread, which it blocks.
 */
interface Callers {

  /** A closed loop: each calls again as soon as it has its answer. */
  Load closed(String name, Duration time) throws InterruptedException;

  /** An open loop: operations are due at a rate, and their latency counts from then. */
  Load open(String name, double eachSecond, Duration time) throws InterruptedException;

  /** What they saw, and what they took for it. */
  record Load(Phase phase, Effort effort) {}
}
