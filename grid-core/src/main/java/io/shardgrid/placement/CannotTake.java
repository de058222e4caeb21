package io.shardgrid.placement;

import io.shardgrid.key.NodeId;
import org.jspecify.annotations.Nullable;

/**
 * The shard was placed without a copy, as never written, but a write got in between: the data must
 * stay with its holder. Sent by the node named as primary, or by the holder instead of handing
 * over, and repeated until a placement with a higher epoch arrives.
 *
 * <p>A holder that has not handed over its seat may also say it of a shard that was called lost
 * because the node named after it is gone: nobody can have taken a seat meanwhile.
 *
 * @param shard number of the shard
 * @param epoch epoch of the entry that cannot be carried out
 * @param holder the node that has the data, the primary of the seat before; null if the target
 *     learnt that it is gone and did not hand over: then the shard is lost
 * @param length number of writes that the shard has taken
 */
public record CannotTake(int shard, long epoch, @Nullable NodeId holder, long length) {}
