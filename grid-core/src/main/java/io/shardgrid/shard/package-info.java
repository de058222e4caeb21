/**
 * The replica machine of a shard: operations, sequence, op log, chunks, digest and answers table.
 */
@NullMarked
package io.shardgrid.shard;

import org.jspecify.annotations.NullMarked;
