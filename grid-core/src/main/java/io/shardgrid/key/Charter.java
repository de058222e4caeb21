package io.shardgrid.key;

/**
 * What is fixed when a cluster is founded and the same on every member. Immutable.
 *
 * @param cluster name of the cluster
 * @param shards number of shards, 1 to 16384
 * @param backups copies of a shard beside its primary
 * @param hashSeed seed of the bucket maps' hash, drawn by the founder
 */
public record Charter(String cluster, int shards, int backups, long hashSeed) {

  /**
   * Refuses numbers that are no shards.
   *
   * @throws IllegalArgumentException if one is none
   */
  public void requireShards(Iterable<Integer> numbers) {
    for (int number : numbers) {
      if (number < 0 || number >= shards) {
        throw new IllegalArgumentException(
            "There is no such shard: shard=" + number + ", shards=" + shards);
      }
    }
  }
}
