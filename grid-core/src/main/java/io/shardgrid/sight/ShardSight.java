package io.shardgrid.sight;

/**
 * What a node sees of a shard in whose seat it acts. Immutable.
 *
 * @param operationsPerSecond taken by it between the last two looks
 */
public record ShardSight(int shard, long entries, long liveBytes, double operationsPerSecond) {}
