package io.shardgrid.meter;

/** What a replica that holds something is to its shard, as a label. */
public enum ReplicaRole {
  /** It acts in the shard's seat. */
  PRIMARY,
  /** It is in the in-sync set. */
  BACKUP,
  /** It is being filled. */
  LEARNER,
  /** It holds what the shard was once. */
  STALE
}
