package io.shardgrid.wire;

/**
 * What a node sends to another one over the link that it opened: operations for the other's shards,
 * and what replicas of one shard say to each other.
 */
public interface PeerMessage {}
