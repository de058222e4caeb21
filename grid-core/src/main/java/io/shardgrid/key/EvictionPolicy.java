package io.shardgrid.key;

/** Which entry of a map makes room for another when its memory is used up. */
public enum EvictionPolicy {
  /** None: writes that find no room are refused. */
  NONE,
  /** The one whose last use is the longest ago, among a sample. */
  LRU,
  /** The one that is used the least often of late, among a sample. */
  LFU
}
