/** The bucket map, which holds a shard's entries, and its byte layout. */
@NullMarked
package io.shardgrid.bucket;

import org.jspecify.annotations.NullMarked;
