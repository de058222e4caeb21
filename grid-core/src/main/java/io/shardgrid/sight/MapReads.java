package io.shardgrid.sight;

/**
 * How many keys of a map were read in some time. Immutable.
 *
 * @param hits those that had an entry
 * @param misses those that had none
 */
public record MapReads(String map, long hits, long misses) {

  /** All of them. */
  public long reads() {
    return hits + misses;
  }

  /** Both together. */
  public MapReads plus(MapReads other) {
    return new MapReads(map, hits + other.hits, misses + other.misses);
  }
}
