package io.shardgrid.node.autoscale;

import java.time.Duration;

/**
 * What simulated nodes are like. Immutable.
 *
 * @param capacity operations a second that a node can do
 * @param start from the decision until a node is a member
 * @param move how long shards are moved to a new node, or away from one that goes
 * @param zones over how many zones nodes are spread
 * @param copies replicas of a shard
 * @param bytes live bytes of all entries, without copies
 * @param bytesMax how many a node may hold
 */
record ClusterModel(
    double capacity,
    Duration start,
    Duration move,
    int zones,
    int copies,
    long bytes,
    long bytesMax) {}
