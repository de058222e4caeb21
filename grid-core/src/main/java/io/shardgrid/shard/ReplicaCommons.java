package io.shardgrid.shard;

/**
 * What the replicas of a node have in common. All of it is thread-safe.
 *
 * @param memory settings and limits of their maps
 * @param echoes which members have answered the node lately
 * @param pace how fast they fill learners
 */
public record ReplicaCommons(ReplicaMemory memory, MemberEchoes echoes, CopyPace pace) {}
