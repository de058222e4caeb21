/** The maps that guard themselves with locks, to compare the shards with: never shipped. */
@NullMarked
package io.shardgrid.baseline;

import org.jspecify.annotations.NullMarked;
