package io.shardgrid.sight;

/**
 * What a replica, a node or a cluster has of a map. Immutable.
 *
 * @param entries expired ones count until they are removed
 * @param liveBytes bytes of these entries
 */
public record MapSight(String map, long entries, long liveBytes) {

  /** Both together. */
  public MapSight plus(MapSight other) {
    return new MapSight(map, entries + other.entries, liveBytes + other.liveBytes);
  }
}
