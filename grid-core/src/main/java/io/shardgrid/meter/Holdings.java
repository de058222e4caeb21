package io.shardgrid.meter;

import java.util.Map;

/**
 * What a node's shards were and held when they were asked last. Immutable.
 *
 * @param shards how many replicas there were of each role
 * @param uncommitted writes that this node's primaries had numbered and not all backups had
 * @param matches comparisons of this node's backups with their primaries that found the same
 * @param differences those that did not
 */
public record Holdings(
    Map<ReplicaRole, Integer> shards, long uncommitted, long matches, long differences) {

  /** Nobody was asked yet. */
  public static final Holdings UNKNOWN = new Holdings(Map.of(), 0, 0, 0);

  public Holdings {
    shards = Map.copyOf(shards);
  }
}
