package io.shardgrid.loader;

import java.util.Map;

/**
 * How the store of a map is, as one node sees it. Immutable.
 *
 * @param map name of the map
 * @param writes when writes reach the store
 * @param marks keys whose last write the store does not have, of the shards that this node serves
 * @param markBytes bytes of these writes
 * @param oldestMarkMillis how long the oldest of them waits
 * @param waiting operations that wait for the store
 * @param breaker whether loads are let through
 * @param breakerOpenings how often they were not
 * @param loadsAtOnce loads that the store has
 * @param loadsQueued loads that wait for that
 * @param writesAtOnce batches of writes that the store has
 * @param writesQueued batches that wait for that
 * @param counts what was counted since the node started
 * @param own numbers of the store's own, such as of its pool of connections
 */
public record StoreReport(
    String map,
    WriteMode writes,
    long marks,
    long markBytes,
    long oldestMarkMillis,
    long waiting,
    CircuitBreaker.State breaker,
    long breakerOpenings,
    int loadsAtOnce,
    int loadsQueued,
    int writesAtOnce,
    int writesQueued,
    Map<StoreTally.Event, Long> counts,
    Map<String, Long> own) {

  public StoreReport {
    counts = Map.copyOf(counts);
    own = Map.copyOf(own);
  }
}
