package io.shardgrid.actor;

import io.shardgrid.key.Charter;
import io.shardgrid.placement.PlacementSettings;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link PlacementAuthority} needs of the node around it.
 *
 * @param wanted what a cluster is founded with; null if this node may not found one
 * @param isolation how long a shard has to be lost before it may begin anew
 * @param traces of the moves of shards
 */
record AuthoritySurroundings(
    @Nullable Charter wanted,
    PlacementSettings settings,
    Duration isolation,
    LongSupplier nanoClock,
    ClusterTraces traces) {}
