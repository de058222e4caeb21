package io.shardgrid.key;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of shards whose last copy was gone when an operator accepted that. Immutable.
 *
 * @param begun the shards that begin anew
 * @param refused shards that may not yet: they have not been lost for long enough, or are lost no
 *     more
 */
public record LossReport(List<Beginning> begun, List<Integer> refused) {

  public LossReport {
    begun = List.copyOf(begun);
    refused = List.copyOf(refused);
  }

  /**
   * A shard that begins anew.
   *
   * @param node the member that is its primary now
   * @param copy what the member had kept of it; null if it begins empty
   */
  public record Beginning(int shard, NodeId node, @Nullable OldCopy copy) {}

  /**
   * What a member had kept of a shard since it left its in-sync set.
   *
   * @param seat the seat it followed last
   * @param sequence number of the last write that it has; later ones are lost
   */
  public record OldCopy(long seat, long sequence) {}
}
