package io.shardgrid.route;

/** Why a router does not take an operation up. */
enum Refusal {
  /** The router is closed. */
  CLOSED,
  /** The shard is lost. */
  LOST,
  /** The request is larger than one may be. */
  TOO_LARGE,
  /** As many operations are unresolved as may be: another time there may be room. */
  FULL
}
