package io.shardgrid.placement;

import io.shardgrid.key.NodeId;

/**
 * A primary's request for a change of its shard's in-sync set. Immutable; repeated until a newer
 * placement comes.
 *
 * @param shard number of the shard
 * @param base epoch of the entry that it is meant for; over any other it is void
 * @param node the node to be put in or taken out
 * @param isAddition whether it is to be put in
 */
public record InSyncRequest(int shard, long base, NodeId node, boolean isAddition) {}
