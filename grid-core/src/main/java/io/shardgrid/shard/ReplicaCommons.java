package io.shardgrid.shard;

import io.shardgrid.loader.StorePolicies;
import io.shardgrid.meter.NodeTally;
import io.shardgrid.meter.ShardTally;
import org.jspecify.annotations.Nullable;

/**
 * What the replicas of a node have in common. All of it is thread-safe.
 *
 * @param memory settings and limits of their maps
 * @param echoes which members have answered the node lately
 * @param pace how fast they fill learners
 * @param tally where they count what meters show; null if nobody wants to know
 * @param stores the maps that have a store; null if none has
 */
public record ReplicaCommons(
    ReplicaMemory memory,
    MemberEchoes echoes,
    CopyPace pace,
    @Nullable NodeTally tally,
    @Nullable StorePolicies stores) {

  /** Replicas that count nothing for meters. */
  public ReplicaCommons(ReplicaMemory memory, MemberEchoes echoes, CopyPace pace) {
    this(memory, echoes, pace, null, null);
  }

  @Nullable ShardTally tallyOf(int shard) {
    return tally == null ? null : tally.shard(shard);
  }
}
