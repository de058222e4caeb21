package io.shardgrid.health;

/** How a cluster is, from good to bad. */
public enum HealthWord {
  /** All copies of all shards are there, and nothing moves. */
  HEALTHY,
  /** All copies are there; shards or members are on their way. */
  REBALANCING,
  /** All shards are there; copies are missing, or somebody who is needed does not answer. */
  DEGRADED,
  /** The last copy of a shard is gone. */
  LOST
}
