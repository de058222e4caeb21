package io.shardgrid.autoscale;

import io.shardgrid.key.MemberView.Standing;
import io.shardgrid.key.NodeId;
import java.time.Instant;

/**
 * A node as the autoscaler sees it. Immutable.
 *
 * @param name the name its operator gave it
 * @param zone its failure domain
 * @param upSince when it became a full member
 * @param ownBytes live bytes of the shards whose primary it has
 * @param heldBytes live bytes of all replicas that it has: what a drain has to move
 * @param bytesMax how many it may hold; 0 if nobody knows
 * @param isStandalone whether it can be started and ended for itself: one that is embedded in an
 *     application comes and goes with that
 */
public record NodeLoad(
    NodeId id,
    String name,
    String zone,
    Standing standing,
    Instant upSince,
    long ownBytes,
    long heldBytes,
    long bytesMax,
    boolean isStandalone) {

  /** Whether it is one of the nodes that there are: one that leaves is none any more. */
  boolean counts() {
    return standing != Standing.LEAVING;
  }
}
