package io.shardgrid.loader;

/** When writes to a map reach its store. */
public enum WriteMode {
  /** Never: the store is only read. */
  OFF,
  /** Before the write is answered. */
  THROUGH,
  /** Some time after the write is answered; of several writes to a key the last one. */
  BEHIND
}
