package io.shardgrid.autoscale;

/** What becomes of decisions. */
public enum AutoscaleMode {
  /** Nothing is decided. */
  OFF,
  /** Decisions are logged, and nothing is done. */
  ADVISE,
  /** Nodes are started and ended. */
  ACT
}
