package io.shardgrid.shard;

import io.shardgrid.bucket.PageBudget;
import io.shardgrid.key.MapsSettings;

/**
 * What the maps of a replica may take.
 *
 * @param maps settings of maps, the same on every node
 * @param node the budget of the node, which all its replicas share
 */
public record ReplicaMemory(MapsSettings maps, PageBudget node) {}
