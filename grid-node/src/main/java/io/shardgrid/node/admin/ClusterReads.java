package io.shardgrid.node.admin;

import io.shardgrid.sight.ClusterSight;
import io.shardgrid.sight.MapReads;
import io.shardgrid.sight.NodeSight;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What was read of maps of late, summed up over the members that say so. Immutable.
 *
 * @param seconds the longest time that a member measured, a minute at most; 0 if none did
 * @param without names of members whose reads are missing, since they did not answer, or count none
 *     ({@code grid.metrics.enabled})
 */
record ClusterReads(int seconds, List<String> without, Map<String, MapReads> byMap) {

  private static final double MILLIS_PER_SECOND = 1e3;

  ClusterReads {
    without = List.copyOf(without);
    byMap = Map.copyOf(byMap);
  }

  /** Nobody could be asked, of these members. */
  static ClusterReads unknown(Stream<String> members) {
    return new ClusterReads(0, members.toList(), Map.of());
  }

  /** What the members have said. */
  static ClusterReads of(ClusterSight sight) {
    long millis = 0;
    List<String> without = new ArrayList<>();
    Map<String, MapReads> byMap = new HashMap<>();
    for (ClusterSight.Seen seen : sight.members()) {
      NodeSight node = seen.sight();
      if (node == null || node.reads().millis() == 0) {
        without.add(seen.member().name());
      } else {
        millis = Math.max(millis, node.reads().millis());
        node.reads().maps().forEach(map -> byMap.merge(map.map(), map, MapReads::plus));
      }
    }
    without.sort(null);
    return new ClusterReads((int) Math.round(millis / MILLIS_PER_SECOND), without, byMap);
  }

  /** Keys of a map that were read. */
  long of(String map) {
    MapReads found = byMap.get(map);
    return found == null ? 0 : found.reads();
  }

  /** The share of these that had an entry; null if none was read, or nobody counts them. */
  @Nullable Double hitRate(String map) {
    MapReads found = byMap.get(map);
    return found == null ? null : (double) found.hits() / found.reads();
  }
}
