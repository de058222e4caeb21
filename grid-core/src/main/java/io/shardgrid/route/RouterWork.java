package io.shardgrid.route;

import java.util.Map;

/**
 * What a router has to do at one moment, and could not do so far. Immutable.
 *
 * @param operations that have no answer yet, or are behind one of their shard that has none
 * @param bytes of these
 * @param failures how many operations ended without an answer of a shard, by reason
 */
public record RouterWork(long operations, long bytes, Map<String, Long> failures) {

  public RouterWork {
    failures = Map.copyOf(failures);
  }

  /** Looks at a router. O(shards). */
  public static RouterWork of(Router router) {
    long operations = 0;
    long bytes = 0;
    for (ShardRoute route : router.routes) {
      synchronized (route) {
        operations += route.unresolved();
        bytes += route.unresolvedBytes();
      }
    }
    return new RouterWork(operations, bytes, router.failures.counts());
  }
}
