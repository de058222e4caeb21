/** Who should own a shard: consistent hashing with virtual nodes, weights and zones. */
@NullMarked
package io.shardgrid.ring;

import org.jspecify.annotations.NullMarked;
