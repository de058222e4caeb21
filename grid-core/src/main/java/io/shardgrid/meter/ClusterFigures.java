package io.shardgrid.meter;

import io.shardgrid.key.Charter;
import io.shardgrid.key.PlacementEntry;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * What a node knows of its cluster: whether all is there that should be. Immutable.
 *
 * @param isServing whether the node itself can serve
 * @param members all that are not removed
 * @param lostShards shards without a copy
 * @param missingBackups backups that shards should have and have not; lost shards aside
 */
public record ClusterFigures(
    boolean isServing, int members, int shards, long lostShards, long missingBackups) {

  /**
   * Counts what is missing; O(shards).
   *
   * @param placement where a shard is, as the node knows; null for one that is not placed
   */
  public static ClusterFigures of(
      boolean isServing,
      int members,
      Charter charter,
      IntFunction<@Nullable PlacementEntry> placement) {
    long lost = 0;
    long missing = 0;
    for (int shard = 0; shard < charter.shards(); shard++) {
      PlacementEntry entry = placement.apply(shard);
      if (entry != null && entry.isLost()) {
        lost++;
      } else if (entry != null) {
        missing += Math.max(0, charter.backups() + 1 - entry.inSync().size());
      }
    }
    return new ClusterFigures(isServing, members, charter.shards(), lost, missing);
  }
}
