/** What the replicas of a shard say to each other. */
@NullMarked
package io.shardgrid.wire.replica;

import org.jspecify.annotations.NullMarked;
