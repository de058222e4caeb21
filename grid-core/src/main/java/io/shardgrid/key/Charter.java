package io.shardgrid.key;

/**
 * What is fixed when a cluster is founded and the same on every member. Immutable.
 *
 * @param cluster name of the cluster
 * @param shards number of shards, 1 to 16384
 * @param backups copies of a shard beside its primary
 * @param hashSeed seed of the bucket maps' hash, drawn by the founder
 */
public record Charter(String cluster, int shards, int backups, long hashSeed) {}
