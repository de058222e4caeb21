package io.shardgrid.wire;

import io.shardgrid.key.Charter;
import io.shardgrid.key.MemberView;
import io.shardgrid.key.PlacementEntry;
import java.util.List;

/**
 * What a remote client has to know of a cluster, as one of its nodes sees it. Immutable.
 *
 * @param charter what is the same on every member for the cluster's life
 * @param members the members, those without a RESP port too
 * @param placement where the shards are; a shard without an entry has not been placed yet
 */
public record Topology(Charter charter, List<MemberView> members, List<PlacementEntry> placement) {

  public Topology {
    members = List.copyOf(members);
    placement = List.copyOf(placement);
  }
}
