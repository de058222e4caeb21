package io.shardgrid.node.admin;

import io.shardgrid.key.NodeId;
import io.shardgrid.sight.NodeSight;
import io.shardgrid.sight.StoreSight;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The store behind a map as the console shows it, summed up over the members that answer.
 * Immutable.
 *
 * @param writes off, through or behind
 * @param delayMillis how long a write waits at least
 * @param breaker the worst of all members: closed, half open or open
 * @param stopped members whose breaker is not closed
 * @param behind keys whose last write the store does not have
 * @param oldestMillis how long the oldest of these writes waits
 * @param waiting operations that wait for the store
 * @param loads that the store has in hand
 * @param loadsQueued loads that wait for that
 * @param batches of writes that it has in hand
 * @param batchesQueued batches that wait for that
 * @param queriesPerSecond loads that it is handed
 * @param joined reads and writes that waited for a load which was under way already
 * @param knownAbsent answers of absence that were known from a load before
 * @param filtered answers of absence that the filter gave
 * @param refused writes that the store refused for good
 * @param failures loads and batches that failed
 * @param active connections in use
 * @param pool all connections
 */
record StoreLine(
    String map,
    String writes,
    long delayMillis,
    String breaker,
    List<Integer> stopped,
    long behind,
    long behindBytes,
    long oldestMillis,
    long waiting,
    long loads,
    long loadsQueued,
    long batches,
    long batchesQueued,
    double queriesPerSecond,
    long joined,
    long knownAbsent,
    long filtered,
    long refused,
    long failures,
    long active,
    long pool) {

  /**
   * The stores by the names of their maps.
   *
   * @param places of members
   */
  static List<StoreLine> of(List<NodeSight> nodes, Map<NodeId, Integer> places) {
    Map<String, StoreSight> sums = new TreeMap<>();
    Map<String, List<Integer>> stopped = new HashMap<>();
    for (NodeSight node : nodes) {
      Integer place = places.get(node.node());
      for (StoreSight store : node.stores()) {
        sums.merge(store.map(), store, StoreSight::plus);
        if (store.breaker() != StoreSight.Breaker.CLOSED && place != null) {
          stopped.computeIfAbsent(store.map(), map -> new ArrayList<>()).add(place);
        }
      }
    }
    return sums.values().stream()
        .limit(StoreSight.STORES_MAX)
        .map(store -> of(store, stopped.getOrDefault(store.map(), List.of())))
        .toList();
  }

  private static StoreLine of(StoreSight store, List<Integer> stopped) {
    return new StoreLine(
        store.map(),
        store.writes(),
        store.delayMillis(),
        store.breaker().name().toLowerCase(Locale.ROOT).replace('_', ' '),
        stopped,
        store.behind().keys(),
        store.behind().bytes(),
        store.behind().oldestMillis(),
        store.calls().waiting(),
        store.calls().loads(),
        store.calls().loadsQueued(),
        store.calls().batches(),
        store.calls().batchesQueued(),
        ConsoleJson.rounded(store.queriesPerSecond()),
        store.counts().joined(),
        store.counts().knownAbsent(),
        store.counts().filtered(),
        store.counts().refused(),
        store.counts().failures(),
        store.pool().active(),
        store.pool().total());
  }
}
