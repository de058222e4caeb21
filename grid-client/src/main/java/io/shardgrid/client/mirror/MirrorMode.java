package io.shardgrid.client.mirror;

/** What a mirror does with dyed operations. */
public enum MirrorMode {
  /** Nothing: production alone is asked. */
  OFF,
  /** Production answers; the canary is asked the same, and its answers are only compared. */
  SHADOW,
  /**
   * Dyed operations are answered by the canary once both have answered, or by production if the
   * canary fails or takes too long; the others by production.
   */
  CANARY
}
